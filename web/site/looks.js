/**
 * The switches in the page's head: 长者模式 and 高对比. The choice is an attribute of <html>, kept in the browser twice: for
 * scripts (early.js, the widget) and as a cookie for the server. Without this script the buttons are a form that does the
 * same.
 */

/** By the button's name: the attribute of <html> and its value while switched on. */
const SWITCHES = Object.freeze({ elder: ['data-elder', ''], contrast: ['data-contrast', 'high'] });
const YEAR_SECONDS = 31_536_000;
const root = document.documentElement;
const form = document.querySelector('.looks');

function isOn(name) {
  return root.hasAttribute(SWITCHES[name][0]);
}

/** What stands on <html> goes into the buttons, the store and the cookie, whoever put it there. */
function keep() {
  for (const name of Object.keys(SWITCHES)) {
    const on = isOn(name);
    form?.querySelector(`[name="${name}"]`)?.setAttribute('aria-pressed', String(on));
    document.cookie = `anan-${name}=1; path=/; samesite=lax; max-age=${on ? YEAR_SECONDS : 0}`;
    try {
      if (on) localStorage.setItem(`anan-${name}`, '1');
      else localStorage.removeItem(`anan-${name}`);
    } catch {
      // Storage is switched off: the cookie remembers, or nothing does.
    }
  }
}

form?.addEventListener('submit', (event) => {
  const name = event.submitter?.name;
  if (!(name in SWITCHES)) return;
  event.preventDefault();
  const [attribute, value] = SWITCHES[name];
  if (isOn(name)) root.removeAttribute(attribute);
  else root.setAttribute(attribute, value);
});

keep();
const attributeFilter = Object.values(SWITCHES).map(([attribute]) => attribute);
new MutationObserver(keep).observe(root, { attributes: true, attributeFilter });
