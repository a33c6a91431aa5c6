/** The turns of a conversation on the screen, oldest first. */

import { write } from './dom.js';
import { reply, turnElement } from './render.js';

/** After this long without an answer 安安 says that she is still looking (milliseconds). */
const STILL_LOOKING_AFTER = 6_000;

export class TurnLog {
  #log;
  #actions;
  #shown = new Map();
  #patience = 0;

  /**
   * @param {HTMLElement} log
   * @param {import('./render.js').Actions} actions
   */
  constructor(log, actions) {
    this.#log = log;
    this.#actions = actions;
  }

  /** @returns {HTMLElement | undefined} the element of a turn */
  of(turn) {
    return this.#shown.get(turn);
  }

  /**
   * Show a turn as it is now.
   * @param {import('./conversation.js').Turn} turn
   * @returns {boolean} whether the focus was in what went away
   */
  show(turn) {
    const shown = this.#shown.get(turn) ?? turnElement(turn.question);
    const held = shown.contains(this.#log.getRootNode().activeElement);
    this.#shown.set(turn, shown);
    shown.querySelector('.reply')?.remove();
    shown.append(reply(turn, this.#actions));
    if (!shown.isConnected) this.#log.append(shown);
    this.#log.scrollTop = shown.offsetTop - this.#log.firstElementChild.offsetTop;
    clearTimeout(this.#patience);
    const progress = shown.querySelector('.progress');
    if (progress) this.#patience = setTimeout(() => write(progress, '还在查找，请再等一等…'), STILL_LOOKING_AFTER);
    return held;
  }

  clear() {
    for (const shown of this.#shown.values()) shown.remove();
    this.#shown.clear();
  }
}
