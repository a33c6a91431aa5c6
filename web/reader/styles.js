/** The reader's look. */

import { isolated, sheet, token } from '../widget/tokens.js';

// Tokens that widget/tokens.js does not carry.
const EDGE = 'var(--anan-edge, #8c8072)';
const TARGET = 'var(--anan-target, 44px)';

/** One sheet for every reader of a page. */
export const readerSheet = sheet(`
:host { display: block !important; }
:host([hidden]) { display: none !important; }
${isolated('.anan')}
.anan { display: block; }
.bar, .controls, .where, .main, label { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.bar { padding: 8px 10px; border: 1px solid ${token('line')}; border-radius: ${token('radius')}; background: ${token('accent-soft')}; }
.anan button, select { min-width: ${TARGET}; min-height: ${TARGET}; }
.main, .where, label { flex-wrap: nowrap; }
.main { flex: 1 1 14em; padding: 4px 8px; border: 0; background: transparent; color: ${token('accent')}; text-align: start;
  line-height: 1.35; }
.face, .avatar { flex: none; display: block; width: 44px; height: 44px; border-radius: 50%; background: ${token('paper')}; }
.hello { display: block; word-break: keep-all; color: ${token('ink')}; font-weight: 700; }
.words { display: block; text-decoration: underline; text-underline-offset: 3px; text-wrap: balance; }
.speaker { flex: none; width: 28px; height: 28px; margin-inline-start: auto; }
.plain, select { padding: 4px 12px; border: 1px solid ${EDGE}; background: ${token('paper')}; }
.plain, .chip { border-radius: 999px; font-weight: 600; }
.plain { color: ${token('accent')}; }
.stop, .back, .goOn { border: 2px solid; }
.unfold::after { content: " ▾"; }
.unfold[aria-expanded="true"]::after { content: " ▴"; }
.where, .panel, .note { flex: 1 1 100%; }
input { accent-color: ${token('accent')}; }
[type="range"] { flex: 1; min-width: 6em; height: ${TARGET}; margin: 0; }
.progress { flex: none; color: ${token('ink-soft')}; font-size: .9em; }
.panel { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15em), 1fr)); gap: 8px 24px; padding: 8px;
  border-top: 1px solid ${token('line')}; }
label { min-height: ${TARGET}; }
select { flex: 1; min-width: 0; font: inherit; color: inherit; border-radius: 8px; }
[type="checkbox"] { flex: none; width: 24px; height: 24px; margin: 0; }
.note { margin: 0; color: ${token('danger')}; }
/* It stays in the tree to be announced, and takes back the gap */
.note:empty { margin-top: -8px; }
.chip { position: fixed; z-index: 2147482001; bottom: 92px; left: 50%; translate: -50%; padding: 4px 20px; border: 2px solid;
  background: ${token('accent')}; color: ${token('accent-ink')}; white-space: nowrap; }
.chip, .afloat { box-shadow: 0 4px 16px rgb(0 0 0 / 28%); }

/* Out of its place while she reads: what is needed to steer her, and no more. */
.afloat { position: fixed; z-index: 2147482000; top: 8px; left: 8px; right: 8px; max-width: 640px; margin: 0 auto; gap: 4px 8px;
  padding: 4px 8px; }
.afloat .main { flex: 1; padding: 0 4px; white-space: nowrap; }
.afloat :is(.hello, .change, .unfold, .panel) { display: none; }
@media (max-width: 599px) {
  .afloat :is(.face, .speaker, .where input) { display: none; }
  .afloat .main { flex-basis: 2.4em; white-space: normal; }
  .afloat .plain { padding: 4px 8px; }
  .afloat .where { flex: 1; justify-content: end; white-space: nowrap; }
  /* At rest 设置 stands beside the greeting. */
  .main { flex-basis: 8em; padding-inline: 0; }
  .bar[data-state="idle"] .speaker { display: none; }
  .plain { padding-inline: 8px; }
}

/* A voice other than the first has a figure in other clothes (voices.js), and a ring of that colour. */
.other .coat { fill: var(--figure); }
.other .face { box-shadow: 0 0 0 3px var(--figure); }

@media (hover: hover) { .anan button:hover { text-decoration: underline; } }
@media (prefers-reduced-motion: no-preference) {
  .bar[data-state="playing"] .wave { animation: pulse 1.2s infinite; }
  .bar[data-state="playing"] .late { animation-delay: .25s; }
  .bar[data-state="loading"] .speaker { animation: pulse .9s infinite; }
}
.bar[data-state="loading"] .wave { opacity: .35; }
@keyframes pulse { 0%, 100% { opacity: 1; } 50% { opacity: .2; } }
@media (forced-colors: active) { .main { border: 1px solid; } }
@media print { :host { display: none !important; } }
`);
