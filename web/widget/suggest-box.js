/** Questions offered while typing, after the WAI-ARIA combobox pattern: focus stays in the field, arrows choose. */

import { element } from './dom.js';

/** Typing is let settle for this long before the server is asked (milliseconds). */
const SETTLED = 150;
const LEAST_TYPED = 2;

export class SuggestBox {
  #input;
  #list;
  #suggest;
  #choose;
  #timer = 0;
  #asking = new AbortController();
  #active = -1;

  /**
   * @param {HTMLInputElement} input a combobox
   * @param {HTMLElement} list its listbox
   * @param {(typed: string, signal: AbortSignal) => Promise<string[]>} suggest
   * @param {(question: string) => void} choose
   */
  constructor(input, list, suggest, choose) {
    this.#input = input;
    this.#list = list;
    this.#suggest = suggest;
    this.#choose = choose;
    input.addEventListener('input', () => this.#typed());
    input.addEventListener('blur', () => this.close());
    // The field keeps its focus, or its blur would take the list away before the press is over.
    list.addEventListener('pointerdown', (event) => event.preventDefault());
    list.addEventListener('click', ({ target }) => {
      const option = target.closest('[role="option"]');
      if (option) this.#choose(option.textContent);
    });
  }

  get isOpen() {
    return !this.#list.hidden;
  }

  /**
   * @param {KeyboardEvent} event of the field
   * @returns {boolean} whether the key was the list's
   */
  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!this.isOpen) return false;
    if (step) this.#move(step);
    else if (event.key === 'Escape') this.close();
    else if (event.key === 'Enter' && this.#active >= 0) this.#choose(this.#list.children[this.#active].textContent);
    else return false;
    event.preventDefault();
    return true;
  }

  /** Take the list away, and whatever was being asked for it. */
  close() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    this.#list.hidden = true;
    this.#mark(-1);
    this.#input.setAttribute('aria-expanded', 'false');
  }

  #typed() {
    this.close();
    const typed = this.#input.value.trim();
    if (typed.length >= LEAST_TYPED) this.#timer = setTimeout(() => this.#offer(typed), SETTLED);
  }

  async #offer(typed) {
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    // Only an offer.
    const found = await this.#suggest(typed, signal).catch(() => []);
    if (signal.aborted || !found.length) return;
    const options = found.map((text, place) =>
      element('li', { class: 'option', role: 'option', id: `option-${place}`, 'aria-selected': 'false' }, text),
    );
    this.#list.replaceChildren(...options);
    this.#list.hidden = false;
    this.#input.setAttribute('aria-expanded', 'true');
  }

  /** Beyond either end is the field itself, with what was typed. */
  #move(step) {
    const { length } = this.#list.children;
    this.#mark(((this.#active + 1 + step + length + 1) % (length + 1)) - 1);
  }

  #mark(place) {
    this.#active = place;
    [...this.#list.children].forEach((option, at) => option.setAttribute('aria-selected', String(at === place)));
    const option = this.#list.children[place];
    if (option) this.#input.setAttribute('aria-activedescendant', option.id);
    else this.#input.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  }
}
