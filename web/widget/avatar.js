/** 安安 and the signs on her buttons as small inline drawings: no request, and sharp at every size. */

const SVG = 'http://www.w3.org/2000/svg';
const HAIR = '#43302a';

/** Shapes from back to front on a 48 × 48 grid. The parts with a class move with her mood, see styles. */
const FACE = [
  ['circle', { cx: 24, cy: 24, r: 24, fill: '#fdebd7' }],
  ['path', { d: 'M9.5 43.1C12 37 18 35.5 24 35.5S36 37 38.5 43.1A24 24 0 0 1 9.5 43.1z', fill: '#0b5cab', class: 'coat' }],
  ['path', { d: 'M20 31h8v5.5c-1.5 3-6.5 3-8 0z', fill: '#f3c39b' }],
  ['circle', { cx: 24, cy: 23.5, r: 11.2, fill: '#ffdcbd' }],
];
const FEATURES = [
  ['g', { class: 'eyes' }, ['circle', { cx: 19.6, cy: 25, r: 1.6, fill: HAIR }], ['circle', { cx: 28.4, cy: 25, r: 1.6, fill: HAIR }]],
  ['circle', { cx: 17, cy: 28.8, r: 2, fill: '#ffb8a0' }],
  ['circle', { cx: 31, cy: 28.8, r: 2, fill: '#ffb8a0' }],
  ['path', { d: 'M21.3 29.8c1.4 1.7 4 1.7 5.4 0', fill: 'none', stroke: '#a3231c', 'stroke-width': 1.5, 'stroke-linecap': 'round', class: 'smile' }],
  ['ellipse', { cx: 24, cy: 30.6, rx: 2.5, ry: 1.9, fill: '#a3231c', class: 'mouth' }],
];
const FIGURES = {
  girl: [
    FACE[0],
    ['path', { d: 'M11 34C9 20 12 9 24 9s15 11 13 25c-2.5 1.8-6 1.5-8-1H19c-2 2.5-5.5 2.8-8 1z', fill: HAIR }],
    ...FACE.slice(1),
    ['path', { d: 'M12.5 24C12 14 17 11 24 11s12 3 11.5 13c-3-1-5.2-3.3-6.5-6-3.5 3.5-10 5.3-16.5 6z', fill: HAIR }],
    ...FEATURES,
  ],
  boy: [
    ...FACE,
    ['path', { d: 'M12.4 23C11 12 18 9 25 9c6 0 12 3.5 10.7 14-1.5-1-2.5-3-3-5-5 .5-11-.5-14-3-1 4-3 6.5-6.3 8z', fill: HAIR }],
    ...FEATURES,
  ],
  sign: [
    ['circle', { cx: 24, cy: 24, r: 24, fill: '#0b5cab', class: 'coat' }],
    ['path', { d: 'M12 14h24v16H25l-7 6v-6h-6z', fill: '#fff' }],
    ['path', { d: 'M17 20h14M17 25h9', stroke: '#0b5cab', 'stroke-width': 2, class: 'lines' }],
  ],
};

/**
 * A picture of 安安, hidden from assistive technology: the words beside it say who she is.
 * @param {string | null} [figure] `girl`, `boy` or `sign`; anything else is `girl`
 * @returns {SVGSVGElement}
 */
export function avatar(figure) {
  return drawing('avatar', '0 0 48 48', Object.hasOwn(FIGURES, figure ?? '') ? FIGURES[figure] : FIGURES.girl);
}

const LINE = { fill: 'none', stroke: 'currentColor', 'stroke-width': 2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
const THUMB = 'M7 11v9H4v-9zm0 0 4-8c1.5 0 2.5 1 2.5 2.5V9H19c1 0 1.8 1 1.6 2l-1.4 7.5c-.2.9-.9 1.5-1.8 1.5H7';
const SIGNS = {
  speaker: [
    ['path', { d: 'M3 9h4l5-4v14l-5-4H3z', fill: 'currentColor' }],
    ['path', { d: 'M15.5 9a4.2 4.2 0 0 1 0 6', ...LINE, class: 'wave' }],
    ['path', { d: 'M18 6.5a8 8 0 0 1 0 11', ...LINE, class: 'wave late' }],
  ],
  mic: [
    ['path', { d: 'M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3z', fill: 'currentColor' }],
    ['path', { d: 'M6 11v1a6 6 0 0 0 12 0v-1M12 18v3', ...LINE }],
  ],
  copy: [['path', { d: 'M9 9h11v11H9zM5 15V4h10', ...LINE }]],
  share: [['path', { d: 'M12 15V4m-4 4 4-4 4 4M5 12v8h14v-8', ...LINE }]],
  up: [['path', { d: THUMB, ...LINE }]],
  down: [['path', { d: THUMB, ...LINE, transform: 'rotate(180 12 12)' }]],
};

/**
 * The sign on a button: `speaker`, `mic`, `copy`, `share`, `up` or `down`, in the colour of the text around it.
 * @param {string} name
 * @returns {SVGSVGElement}
 */
export function sign(name) {
  return drawing(name, '0 0 24 24', SIGNS[name]);
}

/** The sign on every button that speaks. */
export function speaker() {
  return sign('speaker');
}

function drawing(name, viewBox, shapes) {
  return shape('svg', { class: name, viewBox, 'aria-hidden': 'true', focusable: 'false' }, ...shapes);
}

function shape(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children.map((child) => shape(...child)));
  return made;
}
