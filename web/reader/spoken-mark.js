/** Marks the sentence being spoken and keeps it in view. */

import { sheet, token } from '../widget/tokens.js';
import { placesOf } from './passages.js';

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

/** The mark of one reader. */
export class SpokenMark {
  #elements = [];
  #place = null;
  #following = true;
  #told;
  #listening = new AbortController();

  /** @param {(following: boolean) => void} told whether the page follows the voice, when that changes */
  constructor(told) {
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
    if (places.length === 0) return; // e.g. a heading that the page does not number
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
