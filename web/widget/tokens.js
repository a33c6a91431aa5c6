/**
 * The values of tokens.css as fallbacks, for pages of other sites that do not load that file.
 * A page may set any of these custom properties to give 安安 its own colours and text size.
 * @type {Readonly<Record<string, string>>}
 */
export const TOKENS = Object.freeze({
  '--anan-ink': '#24211d',
  '--anan-ink-soft': '#5f574d',
  '--anan-paper': '#ffffff',
  '--anan-ground': '#f8f4ee',
  '--anan-line': '#ddd4c8',
  '--anan-edge': '#8c8072',
  '--anan-accent': '#0d5a8c',
  '--anan-accent-strong': '#083f63',
  '--anan-accent-ink': '#ffffff',
  '--anan-accent-soft': '#e7f0f6',
  '--anan-mark': '#ffd95e',
  '--anan-sentence': '#fff4d2',
  '--anan-spoken': '#c5e1f7',
  '--anan-danger': '#a3231c',
  '--anan-danger-soft': '#fdecea',
  '--anan-focus': '#b4500b',
  '--anan-radius': '12px',
  '--anan-font': '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif',
  // Pixels, not rem: many Chinese sites set the root's font size to 100px or 50px for their own layout.
  '--anan-font-size': '18px',
});

/** Those that differ in the dark. */
export const DARK = Object.freeze({
  '--anan-ink': '#ece6dd',
  '--anan-ink-soft': '#b9afa2',
  '--anan-paper': '#211e1b',
  '--anan-ground': '#161412',
  '--anan-line': '#453e37',
  '--anan-edge': '#94897c',
  '--anan-accent': '#8cc6ef',
  '--anan-accent-strong': '#bfe0f8',
  '--anan-accent-ink': '#0c1f2c',
  '--anan-accent-soft': '#1d303d',
  '--anan-mark': '#6e5300',
  '--anan-sentence': '#403619',
  '--anan-spoken': '#1f4b6e',
  '--anan-danger': '#ffb3a8',
  '--anan-danger-soft': '#47201c',
  '--anan-focus': '#ffb266',
});

/**
 * A `var()` that reads a token and falls back to its value here, in the dark to the one for it: what the page sets counts.
 * @param {string} name the token without its prefix, e.g. `accent`
 * @returns {string} CSS text
 */
export function token(name) {
  const property = `--anan-${name}`;
  const usual = TOKENS[property];
  return `var(${property}, ${property in DARK ? `var(--dark-${name}, ${usual})` : usual})`;
}

/**
 * Rules for the outermost element inside a shadow root: nothing of the page's own style comes in
 * (a page's `* { … }` reaches the host element but not what `all: initial` has reset inside it).
 * @param {string} selector
 * @returns {string} CSS text
 */
export function isolated(selector) {
  const dark = Object.entries(DARK).map(([name, value]) => `${name.replace('anan', 'dark')}: ${value};`);
  return `
${selector} {
  all: initial;
  color: ${token('ink')};
  color-scheme: light dark;
  font-family: ${token('font')};
  font-size: ${token('font-size')};
  line-height: 1.6;
  direction: ltr;
  unicode-bidi: normal;
  text-align: start;
  overflow-wrap: anywhere;
  line-break: strict;
  text-autospace: normal;
  -webkit-text-size-adjust: 100%;
  text-size-adjust: 100%;
}
@media screen and (prefers-color-scheme: dark) { ${selector} { ${dark.join(' ')} } }
:where(${selector}) *, :where(${selector}) *::before, :where(${selector}) *::after { box-sizing: border-box; }
:where(${selector}) [hidden] { display: none !important; }
:where(${selector}) button {
  min-width: 44px; min-height: 44px; font: inherit; color: inherit; cursor: pointer; touch-action: manipulation;
}
:where(${selector}) :focus-visible { outline: 3px solid ${token('focus')}; outline-offset: 2px; }
:where(${selector}) .unseen {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}`;
}

/**
 * A stylesheet object from CSS text: allowed by `style-src 'self'`, where a style element or attribute is not.
 * @param {string} text
 * @returns {CSSStyleSheet}
 */
export function sheet(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}
