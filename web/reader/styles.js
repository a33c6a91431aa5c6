/** The reader bar's look. */

import { isolated, sheet, token } from '../widget/tokens.js';

/** One sheet for every reader of a page. */
export const readerSheet = sheet(`
:host { display: block !important; }
:host([hidden]) { display: none !important; }
${isolated('.anan')}
/* The bar keeps its place while it floats at the top, so that the page does not jump. */
.anan { display: block; min-height: 66px; }
.afloat { position: fixed; z-index: 2147482000; top: 8px; left: 8px; right: 8px; max-width: 640px; margin: 0 auto;
  box-shadow: 0 4px 16px rgb(0 0 0 / 28%); }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 8px 10px; border: 1px solid ${token('line')};
  border-radius: ${token('radius')}; background: ${token('accent-soft')}; }
.main { flex: 1 1 15em; display: flex; align-items: center; gap: 10px; padding: 4px 10px; border: 0; border-radius: 10px;
  background: transparent; color: ${token('accent')}; text-align: start; line-height: 1.35; }
@media (hover: hover) { .main:hover { background: ${token('paper')}; } }
.avatar { flex: none; width: 44px; height: 44px; border-radius: 50%; background: ${token('paper')}; }
.hello { display: block; color: ${token('ink')}; font-weight: 700; }
.words { display: block; text-decoration: underline; text-underline-offset: 3px; }
.speaker { flex: none; width: 28px; height: 28px; margin-inline-start: auto; }
.stop { padding: 4px 18px; border: 2px solid ${token('accent')}; border-radius: 999px; background: ${token('paper')};
  color: ${token('accent')}; font-weight: 600; }
.progress { color: ${token('ink-soft')}; font-size: .9em; }
.note { flex-basis: 100%; margin: 0; padding: 0 10px; color: ${token('danger')}; }
.note:empty { margin-top: -8px; } /* it stays in the tree to be announced, and takes back the gap */
@media (prefers-reduced-motion: no-preference) {
  .bar[data-state="playing"] .wave { animation: pulse 1.2s infinite; }
  .bar[data-state="playing"] .late { animation-delay: .25s; }
}
.bar[data-state="loading"] .wave { opacity: .35; }
@keyframes pulse { 0%, 100% { opacity: 1; } 50% { opacity: .2; } }
@media print { :host { display: none !important; } }
`);
