/** 安安's face as a small inline drawing: no request, and sharp at every size. */

const SVG = 'http://www.w3.org/2000/svg';

/** Shapes from back to front: tag and attributes on a 48 × 48 grid. */
const SHAPES = [
  ['circle', { cx: 24, cy: 24, r: 24, fill: '#ffd9b8' }],
  ['path', { d: 'M3 24C3 9 13 1 24 1s21 8 21 23c-4-1-7-5-9-10-5 5-19 7-27 4-1 3-3 5-6 6z', fill: '#3b2a20' }],
  ['circle', { cx: 16.5, cy: 27, r: 2.6, fill: '#2a2018' }],
  ['circle', { cx: 31.5, cy: 27, r: 2.6, fill: '#2a2018' }],
  ['circle', { cx: 11.5, cy: 33, r: 3, fill: '#ffb199' }],
  ['circle', { cx: 36.5, cy: 33, r: 3, fill: '#ffb199' }],
  ['path', { d: 'M18 34c3 4.5 9 4.5 12 0', fill: 'none', stroke: '#a3231c', 'stroke-width': 2.4, 'stroke-linecap': 'round' }],
];

/**
 * A picture of 安安, hidden from assistive technology: the words beside it say who she is.
 * @returns {SVGSVGElement}
 */
export function avatar() {
  return drawing('avatar', '0 0 48 48', SHAPES);
}

/** Loudspeaker with two waves, in the colour of the text around it. */
const SPEAKER = [
  ['path', { d: 'M3 9h4l5-4v14l-5-4H3z', fill: 'currentColor' }],
  ['path', { d: 'M15.5 9a4.2 4.2 0 0 1 0 6', class: 'wave' }],
  ['path', { d: 'M18 6.5a8 8 0 0 1 0 11', class: 'wave late' }],
].map(([tag, shape]) => [
  tag,
  shape.class ? { fill: 'none', stroke: 'currentColor', 'stroke-width': 2, 'stroke-linecap': 'round', ...shape } : shape,
]);

/**
 * The sign on every button that speaks.
 * @returns {SVGSVGElement}
 */
export function speaker() {
  return drawing('speaker', '0 0 24 24', SPEAKER);
}

function drawing(name, viewBox, shapes) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', name);
  svg.setAttribute('viewBox', viewBox);
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name_, value] of Object.entries(attributes)) shape.setAttribute(name_, String(value));
    svg.append(shape);
  }
  return svg;
}
