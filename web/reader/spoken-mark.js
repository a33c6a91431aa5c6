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

/** The mark of one reader. */
export class SpokenMark {
  #elements = [];
  #following = true;
  #listening = new AbortController();

  /**
   * Begin a reading: add the styles and follow the voice.
   * Scrolling by hand while listening is respected: the page follows again once the spoken sentence is back in view.
   */
  begin() {
    this.end();
    for (const each of [pageSheet, highlightSheet]) {
      if (!document.adoptedStyleSheets.includes(each)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, each];
    }
    this.#following = true;
    this.#listening = new AbortController();
    const options = { signal: this.#listening.signal, passive: true };
    const leave = () => {
      this.#following = false;
    };
    for (const type of ['wheel', 'touchmove']) window.addEventListener(type, leave, options);
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
    this.#follow(places[0]);
  }

  /** Take the mark away. */
  end() {
    this.#clear();
    this.#listening.abort();
  }

  #mark(elements) {
    this.#elements = elements;
    for (const element of elements) element.classList.add(NAME);
  }

  #clear() {
    CSS.highlights?.delete(NAME);
    for (const element of this.#elements) element.classList.remove(NAME);
    this.#elements = [];
  }

  #follow({ element, range }) {
    const { top, bottom } = range.getBoundingClientRect();
    const height = window.innerHeight;
    if (top >= height * VIEW.top && bottom <= height * VIEW.bottom) this.#following = true;
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
