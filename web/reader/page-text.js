/** The report's text on its page: from the server's offsets to places and back, and the mark of the sentence being spoken. */

import { pointLength, unitOffsets } from '../widget/marks.js';
import { sheet, token } from '../widget/tokens.js';

const NAME = 'anan-spoken';
// Another colour than the page's own <mark>, which may stand in the same sentence.
const LOOK = `background-color: ${token('spoken')}; color: ${token('ink')};`;

/** The page is outside every shadow root, so its mark needs a sheet of the document; added once, harmless when unused. */
const pageSheet = sheet(`.${NAME} { ${LOOK} }`);
const highlightSheet = sheet(`::highlight(${NAME}) { ${LOOK} }`);

/** The sentence is moved when it would lie above or below these parts of the window's height; the floating bar is above. */
const VIEW = Object.freeze({ top: 0.2, bottom: 0.8, aim: 0.3 });

/** Keys that scroll a page, and what makes something else of them. */
const FIELDS = 'input, select, textarea, anan-reader';
const SCROLLING_KEYS = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', ' ']);

/**
 * The parts of the page that show `start` to `end` of the report's text. An element with data-start and data-end shows
 * exactly that stretch; offsets count code points. Where its text has another length the whole element is taken.
 * @param {ParentNode} page
 * @param {number} start
 * @param {number} end not included
 * @returns {{element: HTMLElement, range: Range}[]} in page order; empty when the page does not show that stretch
 */
export function placesOf(page, start, end) {
  const places = [];
  for (const element of page.querySelectorAll('[data-start][data-end]')) {
    const first = Number(element.dataset.start);
    const last = Number(element.dataset.end);
    if (end <= first || last <= start) continue;
    const exact = pointLength(element.textContent) === last - first;
    const range = exact ? rangeIn(element, start - first, end - first) : whole(element);
    places.push({ element, range });
  }
  return places;
}

function whole(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  return range;
}

/** The range of `element` between two code point offsets of its text; offsets outside are brought to its ends. */
function rangeIn(element, start, end) {
  const unit = unitOffsets(element.textContent);
  const range = whole(element);
  range.setStart(...textPosition(element, unit(start), false));
  range.setEnd(...textPosition(element, unit(end), true));
  return range;
}

/** The text node and offset of a position; at a border between two nodes an end belongs to the earlier one. */
function textPosition(element, units, isEnd) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = units;
  while (walker.nextNode()) {
    const { length } = walker.currentNode;
    if (left < length || (isEnd && left === length)) return [walker.currentNode, left];
    left -= length;
  }
  return [element, element.childNodes.length];
}

/**
 * Where a place of the page lies in the report's text.
 * @param {Node} node
 * @param {number} offset as in a Range
 * @returns {number | null} code points; null where the page shows no numbered text
 */
export function offsetOf(node, offset) {
  const holder = (node instanceof Element ? node : node.parentElement)?.closest('[data-start][data-end]');
  if (!holder) return null;
  const [start, end] = [Number(holder.dataset.start), Number(holder.dataset.end)];
  if (pointLength(holder.textContent) !== end - start) return start;
  const before = whole(holder);
  before.setEnd(node, offset);
  return start + pointLength(before.toString());
}

/**
 * The stretch of the report's text that a range of the page covers.
 * @param {Range} range
 * @returns {{start: number, end: number} | null}
 */
export function stretchOf(range) {
  let start = Infinity;
  let end = -Infinity;
  for (const holder of document.querySelectorAll('[data-start][data-end]')) {
    if (!range.intersectsNode(holder)) continue;
    const { startContainer, endContainer } = range;
    const first = holder.contains(startContainer) ? offsetOf(startContainer, range.startOffset) : null;
    const last = holder.contains(endContainer) ? offsetOf(endContainer, range.endOffset) : null;
    start = Math.min(start, first ?? Number(holder.dataset.start));
    end = Math.max(end, last ?? Number(holder.dataset.end));
  }
  return start < end ? { start, end } : null;
}

/** The mark of one reader. */
export class SpokenMark {
  #elements = [];
  #place = null;
  #following = true;
  #told;
  #listening = new AbortController();

  /** @param {(following: boolean) => void} [told] whether the page follows the voice, when that changes */
  constructor(told = () => {}) {
    this.#told = told;
  }

  /**
   * Begin a reading: add the styles and follow the voice.
   * Scrolling by hand while listening is respected: the page follows again once the spoken sentence is back in view.
   */
  begin() {
    this.end();
    for (const each of [pageSheet, highlightSheet]) {
      if (!document.adoptedStyleSheets.includes(each)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, each];
    }
    this.#listening = new AbortController();
    const options = { signal: this.#listening.signal, passive: true };
    const leave = () => this.#follow(false);
    for (const type of ['wheel', 'touchmove']) window.addEventListener(type, leave, options);
    window.addEventListener('keydown', ({ key, target }) => SCROLLING_KEYS.has(key) && !target.matches(FIELDS) && leave(), options);
    // A press on the page's own scroll bar lands on the root element, beside its content.
    const onBar = ({ target, clientX }) => target === document.documentElement && clientX >= target.clientWidth;
    window.addEventListener('pointerdown', (event) => onBar(event) && leave(), options);
  }

  /** Bring the sentence back into view and follow the voice again. */
  followAgain() {
    this.#follow(true);
    if (this.#place) this.#bring(this.#place);
  }

  /**
   * Mark one stretch of the report instead of the one before.
   * @param {number} start code points into the report's text
   * @param {number} end
   */
  show(start, end) {
    this.#clear();
    const places = placesOf(document, start, end);
    // E.g. a heading that the page does not number.
    if (places.length === 0) return;
    if (CSS.highlights) CSS.highlights.set(NAME, new Highlight(...places.map((place) => place.range)));
    else this.#mark(places.map((place) => place.element));
    [this.#place] = places;
    this.#bring(places[0]);
  }

  /** Take the mark away. */
  end() {
    this.#clear();
    this.#follow(true);
    this.#listening.abort();
  }

  #follow(following) {
    if (following === this.#following) return;
    this.#following = following;
    this.#told(following);
  }

  #mark(elements) {
    this.#elements = elements;
    for (const element of elements) element.classList.add(NAME);
  }

  #clear() {
    CSS.highlights?.delete(NAME);
    for (const element of this.#elements) element.classList.remove(NAME);
    this.#elements = [];
    this.#place = null;
  }

  #bring({ element, range }) {
    const { top, bottom } = range.getBoundingClientRect();
    const height = window.innerHeight;
    if (top >= height * VIEW.top && bottom <= height * VIEW.bottom) this.#follow(true);
    else if (this.#following) {
      window.scrollBy({ top: top - height * VIEW.aim, behavior: scrolling() });
    }
    if (this.#following) showAcross(element, range);
  }
}

function scrolling() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
}

/** Where `element` stands in something that scrolls sideways, such as a wide table, bring `range` into its view. */
function showAcross(element, range) {
  for (let frame = element.parentElement; frame && frame !== document.body; frame = frame.parentElement) {
    if (frame.scrollWidth <= frame.clientWidth || getComputedStyle(frame).overflowX === 'visible') continue;
    const { left, right, width } = range.getBoundingClientRect();
    const view = frame.getBoundingClientRect();
    if (left >= view.left && right <= view.right) return;
    frame.scrollBy({ left: left + width / 2 - (view.left + view.right) / 2, behavior: scrolling() });
    return;
  }
}
