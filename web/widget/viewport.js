/**
 * On iOS the keyboard covers the lower part of a fixed panel instead of shrinking it. The part that can be seen is known to
 * visualViewport; a sheet of its own passes it to the panel, because style attributes are not allowed here.
 * @param {CSSStyleSheet} sheet rewritten on every change
 * @param {AbortSignal} signal ends the watching
 */
export function followViewport(sheet, signal) {
  const view = window.visualViewport;
  if (!view) return;
  const update = () => {
    // A page that was zoomed by hand keeps its panel: shrinking it to the zoomed part would fight the person zooming.
    const rule = `--anan-view-top: ${view.offsetTop}px; --anan-view-height: ${view.height}px;`;
    sheet.replaceSync(view.scale > 1.01 ? '' : `.anan { ${rule} }`);
  };
  view.addEventListener('resize', update, { signal });
  view.addEventListener('scroll', update, { signal });
  update();
}
