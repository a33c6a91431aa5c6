/** A body's own colour, made readable: darkened on white and lightened on black until words in it have 4.5:1. */

const ENOUGH = 4.5;
const STEP = 0.06;
const WHITE = [255, 255, 255];
const DARK_PAPER = [33, 30, 27];

/**
 * Rules that give the widget one colour.
 * @param {string | null} text `#abc` or `#aabbcc`; anything else gives none
 * @returns {string} CSS text
 */
export function colourRules(text) {
  const asked = parsed(text);
  if (!asked) return '';
  const light = readable(asked, WHITE, [0, 0, 0]);
  const dark = readable(asked, DARK_PAPER, WHITE);
  return `.anan { ${rules(light, WHITE, [0, 0, 0])} }
@media screen and (prefers-color-scheme: dark) { .anan { ${rules(dark, DARK_PAPER, WHITE)} } }`;
}

function parsed(text) {
  const digits = /^#([\da-f]{3}|[\da-f]{6})$/iu.exec(text?.trim() ?? '')?.[1];
  if (!digits) return null;
  const size = digits.length / 3;
  return [0, 1, 2].map((place) => Number.parseInt(digits.slice(place * size, (place + 1) * size).repeat(3 - size), 16));
}

function readable(colour, paper, towards) {
  let made = colour;
  // Words in the colour also stand on its own soft tint, which costs a little of the contrast.
  while (contrast(made, mixed(paper, made, 0.12)) < ENOUGH) made = mixed(made, towards, STEP);
  return made;
}

function rules(accent, paper, towards) {
  const values = { accent, 'accent-strong': mixed(accent, towards, 0.25), 'accent-soft': mixed(paper, accent, 0.1), 'accent-ink': paper };
  return Object.entries(values)
    .map(([name, value]) => `--anan-${name}: rgb(${value.map(Math.round).join(' ')});`)
    .join(' ');
}

function mixed(one, other, share) {
  return one.map((value, place) => value + (other[place] - value) * share);
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
