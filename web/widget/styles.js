/** The widget's look. Sizes inside are in em of --anan-font-size, so that a page's text size control can reach them. */

import { isolated, sheet, token } from './tokens.js';

/** Below these the panel fills the screen and is modal; a telephone held sideways is low rather than narrow. */
export const SMALL_SCREEN = '(max-width: 599px), (max-height: 479px)';

const frame = `
:host { display: contents !important; }
:host([hidden]) { display: none !important; }
${isolated('.anan')}

.launcher {
  position: fixed; z-index: 2147483000; bottom: max(16px, env(safe-area-inset-bottom)); right: 16px;
  display: flex; align-items: center; gap: 8px; padding: 6px 18px 6px 6px;
  border: 2px solid ${token('accent-ink')}; border-radius: 999px;
  background: ${token('accent')}; color: ${token('accent-ink')}; font-weight: 600;
  box-shadow: 0 4px 16px rgb(0 0 0 / 28%);
}
.launcher .avatar { width: 48px; height: 48px; border-radius: 50%; background: ${token('paper')}; }
.anan[data-position="left"] .launcher { right: auto; left: 16px; }

.panel {
  position: fixed; z-index: 2147483001; inset: auto 16px 16px auto; margin: 0; padding: 0;
  width: 420px; height: min(680px, calc(100vh - 32px)); max-width: none; max-height: none;
  border: 1px solid ${token('line')}; border-radius: ${token('radius')}; overflow: hidden;
  background: ${token('ground')}; color: inherit; box-shadow: 0 12px 40px rgb(0 0 0 / 30%);
}
.panel[open] { display: flex; flex-direction: column; }
.anan[data-position="left"] .panel { inset: auto auto 16px 16px; }
.panel:modal, .anan[data-position="left"] .panel:modal {
  inset: var(--anan-view-top, 0) 0 auto 0; width: 100%; height: var(--anan-view-height, 100dvh); border: 0; border-radius: 0;
}
.panel::backdrop { background: ${token('ground')}; }

.head { display: flex; align-items: center; gap: 10px; padding: 8px 8px 8px 14px;
  background: ${token('accent')}; color: ${token('accent-ink')}; }
.head .avatar { flex: none; width: 40px; height: 40px; border-radius: 50%; background: ${token('paper')}; }
.title { flex: 1; margin: 0; font-size: 1.1em; line-height: 1.3; font-weight: 700; }
.close { flex: none; padding: 0 12px; border: 1px solid currentColor; border-radius: 8px; background: transparent; color: inherit; }
.head :focus-visible { outline-color: ${token('accent-ink')}; outline-offset: 1px; }
.title:focus { outline: none; }

.log { flex: 1; min-height: 0; padding: 14px; overflow-y: auto; overscroll-behavior: contain; position: relative; }
.log > * + * { margin-top: 18px; }
`;

const turns = `
.question { width: fit-content; max-width: 88%; margin: 0 0 10px auto; padding: 8px 14px; white-space: pre-wrap;
  border-radius: ${token('radius')} ${token('radius')} 2px; background: ${token('accent')}; color: ${token('accent-ink')}; }
.reply { padding: 14px; border: 1px solid ${token('line')}; background: ${token('paper')};
  border-radius: 2px ${token('radius')} ${token('radius')}; }
.reply > * { margin: 0; }
.reply > * + * { margin-top: 12px; }
.answer { font-size: 1.2em; line-height: 1.5; font-weight: 600; white-space: pre-line; }
[data-kind="smalltalk"] .answer, [data-kind="none"] .answer { font-weight: 400; }
[data-kind="urgent"] .answer { border-inline-start: 4px solid; padding-inline-start: 12px; font-weight: 700; }

.section { color: ${token('ink-soft')}; font-size: .84em; }
.passage { padding: 4px 0 4px 12px; border-left: 4px solid ${token('line')}; white-space: pre-line; line-height: 1.75; }
.sentence { background: ${token('sentence')}; }
mark { padding: 1px 0; border-radius: 3px; background: ${token('mark')}; color: inherit; font-weight: 700; }
.source { display: block; padding: 10px 12px; border-radius: 8px; background: ${token('accent-soft')};
  font-size: .9em; text-decoration: none; }
.source .name { font-weight: 600; }
a.source .name { color: ${token('accent')}; text-decoration: underline; text-underline-offset: 3px; }
.source .facts { display: block; color: ${token('ink-soft')}; }
.facts span { display: inline-block; margin-inline-end: 1em; }

.others summary { display: list-item; min-height: 44px; padding: 9px 0; color: ${token('accent')}; cursor: pointer; }
.others > div { padding: 10px 0; border-top: 1px solid ${token('line')}; }
.others > div > * { margin: 0; }
.others > div > * + * { margin-top: 8px; }

.comparison > * { margin: 0; }
.comparison > * + * { margin-top: 8px; }
.comparison table { width: 100%; border-collapse: collapse; font-size: .9em; }
.comparison caption { padding-bottom: 4px; text-align: start; font-weight: 600; }
.comparison th, .comparison td { padding: 4px 0 4px 6px; border-bottom: 1px solid ${token('line')}; text-align: end; font-weight: 400; white-space: nowrap; }
.comparison .wide { overflow-x: auto; }
.comparison thead th { color: ${token('ink-soft')}; font-size: .88em; }
.comparison th:first-child { padding-left: 0; text-align: start; }
.comparison .body { text-align: start; white-space: normal; }
.comparison td a { display: inline-block; min-height: 44px; padding: 8px 0; color: ${token('accent')}; font-weight: 700;
  text-underline-offset: 3px; }
.chart { display: block; width: 100%; }
.chart rect { color: ${token('accent')}; }

.speak { display: flex; align-items: center; gap: 6px; padding: 4px 16px 4px 12px; border-radius: 999px;
  border: 2px solid ${token('accent')}; background: ${token('paper')}; color: ${token('accent')}; font-weight: 600; }
.speak[data-state="playing"], .speak[data-state="loading"], .speak[data-state="paused"] {
  background: ${token('accent')}; color: ${token('accent-ink')}; }
.speaker { flex: none; width: 26px; height: 26px; }
.understood { color: ${token('ink-soft')}; font-size: .9em; }
.note { color: ${token('danger')}; font-size: .9em; }

.suggestions p { margin: 0 0 6px; color: ${token('ink-soft')}; font-size: .9em; }
.suggestions ul { margin: 0; padding: 0; list-style: none; }
.suggestions li + li { margin-top: 8px; }
.suggestion { width: 100%; padding: 7px 14px; border: 1px solid ${token('accent')}; border-radius: 10px;
  background: ${token('paper')}; color: ${token('accent')}; text-align: start; line-height: 1.45; }

.failed { border-color: ${token('danger')}; background: ${token('danger-soft')}; }
.again { padding: 6px 18px; border: 0; border-radius: 8px; background: ${token('danger')}; color: #fff; font-weight: 600; }
.waiting { display: flex; align-items: center; gap: 10px; }
.waiting > * + * { margin: 0; }
.dots { flex: none; display: flex; gap: 5px; }
.dots i { width: 9px; height: 9px; border-radius: 50%; background: ${token('accent')}; }
`;

const composer = `
.composer { display: grid; grid-template-columns: 1fr auto; gap: 4px 8px;
  padding: 8px 12px max(12px, env(safe-area-inset-bottom)); border-top: 1px solid ${token('line')}; background: ${token('paper')}; }
.composer label { grid-column: 1 / -1; font-size: .84em; color: ${token('ink-soft')}; }
.hint { grid-column: 1 / -1; margin: 0; color: ${token('danger')}; font-size: .9em; }
.input { width: 100%; min-width: 0; min-height: 50px; max-height: 7em; margin: 0; padding: 9px 12px; resize: none;
  font: inherit; color: inherit; line-height: 1.5; field-sizing: content;
  border: 2px solid ${token('line')}; border-radius: 10px; background: ${token('paper')}; }
.input:focus { outline: 3px solid ${token('focus')}; outline-offset: 0; border-color: transparent; }
.input::placeholder { color: ${token('ink-soft')}; opacity: 1; }
.send { align-self: end; min-height: 50px; padding: 0 20px; border: 0; border-radius: 10px;
  background: ${token('accent')}; color: ${token('accent-ink')}; font-weight: 700; }
.send[aria-disabled="true"] { opacity: .55; cursor: default; }
`;

/** Only where something can hover: on a telephone the last button touched would keep the look. */
const hover = `
@media (hover: hover) {
  .launcher:hover, .send:hover { background: ${token('accent-strong')}; }
  a.source:hover .name { text-decoration-thickness: 2px; }
  .suggestion:hover, .speak:hover { background: ${token('accent-soft')}; }
  .speak[data-state]:not([data-state="idle"]):hover { background: ${token('accent-strong')}; }
}
`;

const motion = `
@media (prefers-reduced-motion: no-preference) {
  .dots i { animation: bounce 1.2s infinite ease-in-out; }
  .dots i:nth-child(2) { animation-delay: .15s; }
  .dots i:nth-child(3) { animation-delay: .3s; }
  .speak[data-state="playing"] .wave { animation: pulse 1.2s infinite; }
  .speak[data-state="playing"] .late { animation-delay: .25s; }
  .speak[data-state="loading"] .wave { opacity: .35; }
}
@keyframes bounce { 0%, 60%, 100% { transform: none; opacity: .5; } 30% { transform: translateY(-5px); opacity: 1; } }
@keyframes pulse { 0%, 100% { opacity: 1; } 50% { opacity: .2; } }
@media (forced-colors: active) { .dots i { background: CanvasText; } .launcher, .reply { border: 1px solid; } }
@media print { :host { display: none !important; } }
`;

/** One sheet for every widget of a page. */
export const widgetSheet = sheet(frame + turns + composer + hover + motion);
