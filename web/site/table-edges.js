/** Says of each table's frame whether the whole width of the table fits in it, and at which edges the table goes on. */

function show(frame, scroller) {
  const right = scroller.scrollLeft + scroller.clientWidth < scroller.scrollWidth - 1;
  const down = scroller.scrollTop + scroller.clientHeight < scroller.scrollHeight - 1;
  frame.dataset.more = [right && 'right', down && 'down'].filter(Boolean).join(' ');
  // Without the frame's two borders.
  frame.toggleAttribute('data-fits', scroller.firstElementChild.offsetWidth <= frame.clientWidth - 2);
}

export function startTables() {
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) show(target.parentElement, target);
  });
  for (const scroller of document.querySelectorAll('.table-scroll')) {
    scroller.addEventListener('scroll', () => show(scroller.parentElement, scroller), { passive: true });
    sizes.observe(scroller);
  }
}
