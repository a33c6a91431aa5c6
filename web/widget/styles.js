/** The widget's look. Sizes inside are in em of --anan-font-size, so that a page's text size control can reach them. */

import { isolated, sheet, token } from './tokens.js';

/** Below these the panel fills the screen and is modal; a telephone held sideways is low rather than narrow. */
export const SMALL_SCREEN = '(max-width: 599px), (max-height: 479px)';

const [ink, soft, paper, ground, line] = ['ink', 'ink-soft', 'paper', 'ground', 'line'].map(token);
const [accent, strong, onAccent, tint] = ['accent', 'accent-strong', 'accent-ink', 'accent-soft'].map(token);
const [danger, dangerSoft, radius, edge] = ['danger', 'danger-soft', 'radius', 'edge'].map(token);

const frame = `
:host { display: contents !important; }
:host([hidden]) { display: none !important; }
${isolated('.anan')}
.anan { position: fixed; inset: 0 auto auto 0; width: 0; height: 0; overflow: visible; }
.anan[data-elder] { font-size: max(${token('font-size')}, 22px); }

.launcher {
  position: fixed; z-index: 2147483000; bottom: max(16px, env(safe-area-inset-bottom)); right: 16px;
  display: flex; align-items: center; gap: 10px; padding: 5px 20px 5px 5px; white-space: nowrap;
  border: 1px solid ${onAccent}; border-radius: 999px; background: ${accent}; color: ${onAccent}; font-weight: 600;
  box-shadow: 0 2px 6px rgb(0 0 0 / 18%), 0 8px 24px rgb(0 0 0 / 16%);
}
.launcher .avatar { width: 50px; height: 50px; }
.anan[data-position="left"] .launcher { right: auto; left: 16px; }
.avatar { flex: none; border-radius: 50%; background: #fdebd7; }
.coat { fill: ${accent}; }
.lines { stroke: ${accent}; }
.mouth { opacity: 0; }
[data-mood="speaking"] .mouth { opacity: 1; }
[data-mood="speaking"] .smile { opacity: 0; }
[data-mood="thinking"] .eyes { transform: translate(1.5px, -2px); }
[data-mood="listening"] .head .avatar { box-shadow: 0 0 0 3px ${danger}; }

.panel {
  position: fixed; z-index: 2147483001; inset: auto 16px 16px auto; margin: 0; padding: 0;
  width: 24em; height: min(40em, calc(100vh - 32px)); max-width: none; max-height: none;
  border: 1px solid ${line}; border-radius: calc(${radius} + 4px); overflow: hidden;
  background: ${ground}; color: inherit; box-shadow: 0 4px 12px rgb(0 0 0 / 10%), 0 16px 48px rgb(0 0 0 / 22%);
}
.panel[open] { display: flex; flex-direction: column; }
.anan[data-position="left"] .panel { inset: auto auto 16px 16px; }
.panel:modal, .anan[data-position="left"] .panel:modal {
  inset: var(--anan-view-top, 0) 0 auto 0; width: 100%; height: var(--anan-view-height, 100dvh); border: 0; border-radius: 0;
}
.anan[data-mute] .voice { display: none; }
.anan[data-framed] .panel { inset: 0; width: 100%; height: 100dvh; border: 0; border-radius: 0; box-shadow: none; }
.panel::backdrop { background: ${ground}; }

.head { display: flex; align-items: center; gap: 10px; padding: 8px 10px 8px 14px; background: ${paper}; border-bottom: 1px solid ${line}; }
.head .avatar { width: 46px; height: 46px; }
.names { flex: 1; min-width: 0; }
.title { margin: 0; font-size: 1em; line-height: 1.35; font-weight: 700; word-break: keep-all; }
.status { margin: 0; color: ${soft}; font-size: .78em; line-height: 1.35; }
.title:focus, .sheet-title:focus { outline: none; }
.more, .close, .back { flex: none; padding: 0 10px; border: 1px solid ${line}; border-radius: 10px; background: ${paper}; color: ${ink}; font-size: .9em; }
.menu { display: flex; flex-wrap: wrap; gap: 8px; padding: 10px 14px; background: ${paper}; border-bottom: 1px solid ${line}; }
.menu button { padding: 6px 14px; border: 1px solid ${line}; border-radius: 999px; background: ${ground}; font-size: .9em; }
.toggle { display: inline-flex; align-items: center; gap: 8px; }
.toggle i { position: relative; width: 38px; height: 22px; border-radius: 11px; border: 2px solid ${soft}; }
.toggle i::after { content: ""; position: absolute; top: 2px; left: 2px; width: 14px; height: 14px; border-radius: 50%; background: ${soft}; }
.toggle[aria-checked="true"] i { border-color: ${accent}; background: ${accent}; }
.toggle[aria-checked="true"] i::after { left: 18px; background: ${onAccent}; }

.log { flex: 1; min-height: 0; padding: 16px 14px; overflow-y: auto; overscroll-behavior: contain; position: relative; }
.log:focus-visible { outline-offset: -3px; }
.log > * + * { margin-top: 20px; }
`;

const turns = `
.question { width: fit-content; max-width: 88%; margin: 0 0 12px auto; padding: 8px 14px; white-space: pre-wrap;
  border-radius: ${radius} ${radius} 3px; background: ${tint}; }
.reply { padding: 16px; border: 1px solid ${line}; background: ${paper}; border-radius: 3px ${radius} ${radius}; }
.reply > * { margin: 0; }
.reply > * + * { margin-top: 12px; }
.answer { font-size: 1.16em; line-height: 1.6; font-weight: 600; white-space: pre-line; text-wrap: pretty; }
.long { font-size: 1.06em; line-height: 1.75; font-weight: 400; }
.short { font-size: 1.9em; line-height: 1.25; font-weight: 700; }
[data-kind="smalltalk"] .answer, [data-kind="none"] .answer, .result .answer { font-weight: 400; font-size: 1.06em; }
[data-kind="urgent"] { border-color: ${danger}; border-width: 2px; }
.ring { display: inline-block; padding: 8px 2px; color: ${accent}; font-weight: 700; text-underline-offset: 3px; }
[data-kind="urgent"] .answer { line-height: 2; }
[data-kind="urgent"] .ring { color: ${danger}; font-size: 1.15em; }

.section { color: ${soft}; font-size: .84em; line-height: 1.5; }
.passage { margin-inline: 0; padding: 2px 0 2px 14px; border-left: 3px solid ${line}; white-space: pre-line; line-height: 1.8; }
.section + .passage { margin-top: 4px; }
.sentence { background: ${token('sentence')}; }
mark { padding: 1px 0; border-radius: 3px; background: ${token('mark')}; color: inherit; font-weight: 700; }
.plain { padding: 0 6px; border: 0; background: none; color: ${accent}; text-decoration: underline; text-underline-offset: 3px; font-size: .9em; }
.part:has(+ [open]) { display: none; }
.source { display: block; padding: 10px 12px; border-radius: 10px; background: ${tint}; color: ${ink}; font-size: .86em; line-height: 1.5; text-decoration: none; }
.reply > .whole, .whole + .source { margin-top: 0; }
.source .name { font-weight: 600; }
a.source .name { color: ${accent}; text-decoration: underline; text-underline-offset: 3px; }
.source .facts { display: block; color: ${soft}; }
.facts span { display: inline-block; margin-inline-end: 1em; }

summary { font-size: .94em; display: list-item; min-height: 44px; padding: 9px 0; color: ${accent}; cursor: pointer; }
.others > div { padding: 10px 0; border-top: 1px solid ${line}; }
.others > div > * { margin: 0; }
.others > div > * + * { margin-top: 8px; }

.comparison > * { margin: 0; }
.comparison > * + * { margin-top: 8px; }
.comparison table { width: 100%; border-collapse: collapse; font-size: .9em; font-variant-numeric: tabular-nums; }
.comparison caption { padding-bottom: 4px; text-align: start; font-weight: 600; }
.comparison th, .comparison td { padding: 4px 0 4px 6px; border-bottom: 1px solid ${line}; text-align: end; font-weight: 400; white-space: nowrap; }
.comparison .wide { overflow-x: auto; }
.comparison thead th { color: ${soft}; font-size: .88em; }
.comparison th:first-child { padding-left: 0; text-align: start; }
.comparison .body { text-align: start; white-space: normal; }
.comparison td a { display: inline-block; min-width: 44px; min-height: 44px; padding: 8px 0; color: ${accent}; font-weight: 700; text-underline-offset: 3px; }
.chart { display: block; width: 100%; }
.chart rect { color: ${accent}; }
.chart text { fill: ${ink}; }

.reply-tools > * + * { margin-top: 8px; }
.row-tools { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.extras { display: flex; margin-left: auto; }
.speak, .primary, .leave { display: flex; align-items: center; justify-content: center; gap: 6px; padding: 4px 18px 4px 14px; border-radius: 999px;
  border: 2px solid ${accent}; background: ${paper}; color: ${accent}; font-weight: 600; }
.speak[data-state]:not([data-state="idle"]), .primary { background: ${accent}; color: ${onAccent}; }
.speaker { flex: none; width: 24px; height: 24px; }
.icon { display: grid; place-items: center; padding: 0; border: 0; border-radius: 10px; background: none; color: ${soft}; }
.icon svg { width: 21px; height: 21px; }
.icon[aria-pressed="true"] { background: ${tint}; color: ${accent}; }
.why { padding: 10px 12px; border-radius: 10px; background: ${ground}; }
.why p { margin: 0 0 6px; font-size: .9em; }
.chip { margin: 0 8px 8px 0; padding: 4px 14px; border: 1px solid ${line}; border-radius: 999px; background: ${paper}; font-size: .9em; }
.done { margin: 0; color: ${soft}; font-size: .9em; overflow-wrap: anywhere; }
.done:empty, .error:empty { display: none; }
.understood { color: ${soft}; font-size: .9em; }
.note, .error { margin: 0; color: ${danger}; font-size: .9em; }

.suggestions p, .ways p { margin: 0 0 8px; color: ${soft}; font-size: .9em; }
.suggestions ul { margin: 0; padding: 0; list-style: none; }
.suggestions li + li { margin-top: 8px; }
.suggestion { width: 100%; padding: 8px 14px; border: 1px solid ${line}; border-radius: 10px; background: ${paper}; color: ${accent}; text-align: start; line-height: 1.45; }

.failed { border-color: ${danger}; background: ${dangerSoft}; }
.again { padding: 6px 22px; border: 0; border-radius: 999px; background: ${danger}; color: ${paper}; font-weight: 600; }
.waiting { display: flex; align-items: center; gap: 10px; min-height: 62px; }
.waiting > * + * { margin: 0; }
.dots { flex: none; display: flex; gap: 5px; }
.dots i { width: 9px; height: 9px; border-radius: 50%; background: ${accent}; }
`;

const composer = `
.composer { position: relative; padding: 8px 14px max(12px, env(safe-area-inset-bottom)); border-top: 1px solid ${line}; background: ${paper}; }
.composer label { display: block; margin-bottom: 4px; font-size: .8em; color: ${soft}; }
.about { display: flex; align-items: center; gap: 6px; margin: 0 0 4px; padding-left: 12px; border-radius: 10px; background: ${tint}; font-size: .84em; line-height: 1.4; }
.about span { flex: 1; min-width: 0; }
.about button { flex: none; padding: 0 10px; border: 0; background: none; color: ${accent}; text-decoration: underline; text-underline-offset: 3px; }
.hint { margin: 0 0 4px; color: ${danger}; font-size: .9em; }
.hint[data-calm] { color: ${ink}; }
.beforehand { margin: 0 0 4px; color: ${soft}; font-size: .84em; line-height: 1.4; }
.row { display: flex; gap: 8px; }
.talk { flex: none; display: grid; place-items: center; width: 48px; min-height: 48px; padding: 0; border: 2px solid ${accent}; border-radius: 10px; background: ${paper}; color: ${accent};
  touch-action: none; user-select: none; -webkit-touch-callout: none; }
.talk svg { width: 26px; height: 26px; }
.talk[aria-pressed="true"] { border-color: ${danger}; background: ${danger}; color: ${paper}; }
.tools { display: contents; }
.field, .input { display: block; width: 100%; min-width: 0; min-height: 48px; margin: 0; padding: 8px 12px; font: inherit; color: inherit; line-height: 1.5;
  border: 1px solid ${edge}; border-radius: 10px; background: ${paper}; }
.field:focus, .input:focus { outline: 3px solid ${accent}; outline-offset: -1px; }
.input:placeholder-shown { text-overflow: ellipsis; }
.input::placeholder, .field::placeholder { color: ${soft}; opacity: 1; }
.send { flex: none; min-height: 48px; padding: 0 20px; border: 0; border-radius: 10px; background: ${accent}; color: ${onAccent}; font-weight: 700; }
.send[aria-disabled="true"] { background: ${soft}; color: ${paper}; cursor: default; }
.list { position: absolute; z-index: 1; bottom: 100%; left: 8px; right: 8px; max-height: 50vh; margin: 0 0 6px; padding: 6px; overflow-y: auto; list-style: none;
  border: 1px solid ${line}; border-radius: ${radius}; background: ${paper}; box-shadow: 0 4px 20px rgb(0 0 0 / 20%); }
.option { display: flex; align-items: center; min-height: 44px; padding: 6px 12px; border-radius: 8px; line-height: 1.4; cursor: pointer; }
.option[aria-selected="true"] { background: ${tint}; color: ${accent}; outline: 2px solid ${accent}; outline-offset: -2px; }

.sheet { flex: 1; min-height: 0; padding: 14px 16px 24px; overflow-y: auto; background: ${paper}; }
.sheet > * + *, .form > * + * { margin-top: 12px; }
.sheet p { margin-bottom: 0; }
.sheet-head { display: flex; align-items: center; gap: 12px; }
.sheet-title { margin: 0; font-size: 1.16em; line-height: 1.3; }
.form label:not(.choice) { display: block; font-size: .9em; color: ${soft}; }
.form label + .field { margin-top: 4px; }
.form .primary, .sheet > .primary { width: 100%; min-height: 48px; }
.form .plain, .sheet > .plain { display: block; margin-inline: auto; }
fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
legend { padding: 0; font-size: .9em; color: ${soft}; }
.choices { display: flex; flex-wrap: wrap; gap: 0 16px; }
.choice { display: inline-flex; align-items: center; gap: 8px; min-height: 44px; min-width: 44px; cursor: pointer; line-height: 1.5; }
.choice input { flex: none; width: 22px; height: 22px; margin: 0; accent-color: ${accent}; }
.consent { align-items: flex-start; padding-top: 10px; font-size: .9em; }
textarea.field { min-height: 7em; resize: vertical; }
.receipt { font-size: 1.7em; line-height: 1.3; font-weight: 700; letter-spacing: .04em; color: ${accent}; }
.result > * + * { margin-top: 8px; }
`;

/** Fewer things and larger ones: what is read aloud comes first, what only few use is a touch away in the menu or gone. */
const elder = `
.anan[data-elder] .speak { width: 100%; min-height: 60px; background: ${accent}; color: ${onAccent}; font-size: 1.1em; }
.anan[data-elder] .speaker { width: 32px; height: 32px; }
.anan[data-elder] :is(.extras, .others, .reply > .section, .status) { display: none; }
.anan[data-elder] .suggestions li:nth-child(n + 3) { display: none; }
.anan[data-elder] :is(.send, .talk, .input, .suggestion, .again, .leave) { min-height: 60px; }
.anan[data-elder] :is(.status, .section, .source, .composer label, .hint, .note) { font-size: .86em; }
.anan[data-elder] .reply > .passage { margin-top: 12px; }
.anan[data-elder] .log { padding: 12px; }
`;

/** Only where something can hover: on a telephone the last button touched would keep the look. */
const hover = `
@media (hover: hover) {
  .launcher:hover, .send:not([aria-disabled="true"]):hover, .primary:hover, .speak[data-state]:not([data-state="idle"]):hover { background: ${strong}; }
  a.source:hover .name { text-decoration-thickness: 2px; }
  .suggestion:hover, .speak:hover, .talk[aria-pressed="false"]:hover, .leave:hover, .icon:hover, .chip:hover, .option:hover, .head button:hover { background: ${tint}; }
}
`;

/** Where a question has no room beside the buttons it has a line of its own. */
const narrow = `
@media (max-width: 599px) and (min-height: 560px) {
  [data-elder] .row { flex-wrap: wrap; }
  [data-elder] .input { flex: 1 1 100%; }
  [data-elder] .send { flex: 1; }
}
@media (max-width: 359px) and (min-height: 560px) {
  .row { flex-wrap: wrap; }
  .input { flex: 1 1 100%; }
  .send { flex: 1; }
}
`;

/** Low windows, and four times the text: head and composer give their room to what is read. */
const low = `
@media (max-height: 479px), (max-width: 359px) {
  .status, .composer label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .head { padding-block: 4px; }
  .head .avatar { width: 34px; height: 34px; }
}
@media (max-height: 359px) { .panel[open] { display: block; overflow-y: auto; } .log, .sheet { overflow: visible; } }
`;

const motion = `
@media (prefers-reduced-motion: no-preference) {
  .panel[open] { animation: rise .18s ease-out; }
  .dots i { animation: bounce 1.2s infinite ease-in-out; }
  .dots i:nth-child(2) { animation-delay: .15s; }
  .dots i:nth-child(3) { animation-delay: .3s; }
  .speak[data-state="playing"] .wave, [data-mood="speaking"] .mouth { animation: pulse 1.2s infinite; }
  .speak[data-state="playing"] .late { animation-delay: .25s; }
}
.speak[data-state="loading"] .wave { opacity: .35; }
@keyframes rise { from { opacity: 0; transform: translateY(8px); } }
@keyframes bounce { 0%, 60%, 100% { transform: none; opacity: .5; } 30% { transform: translateY(-5px); opacity: 1; } }
@keyframes pulse { 0%, 100% { opacity: 1; } 50% { opacity: .2; } }
@media (forced-colors: active) {
  .dots i, .toggle i::after { background: CanvasText; }
  .launcher, .reply, .send, .primary, .question { border: 1px solid; }
  .toggle[aria-checked="true"] i { background: Highlight; forced-color-adjust: none; }
  mark { background: Mark; color: MarkText; }
}
@media print { :host { display: none !important; } }
`;

/** One sheet for every widget of a page. */
export const widgetSheet = sheet(frame + turns + composer + elder + hover + narrow + low + motion);
