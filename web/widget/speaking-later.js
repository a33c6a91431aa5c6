/** Reading aloud, loaded when a button 播报 is neared or pressed: whoever only reads does not wait for it. */

import { write } from './dom.js';

const NOT_LOADED = '播报没有加载成功，请检查网络后再按一次。';

/** @typedef {import('./speaking.js').Speaking} Speaking */

export class SpeakingLater {
  #audio;
  #shownOf;
  #make;
  #say;
  /** @type {Speaking | null} */
  #here = null;
  #wanted = null;

  /**
   * @param {HTMLAudioElement} audio
   * @param {(turn: object) => HTMLElement | undefined} shownOf the element of a turn
   * @param {(type: typeof Speaking) => Speaking} make
   * @param {(words: string) => void} say to screen readers
   */
  constructor(audio, shownOf, make, say) {
    this.#audio = audio;
    this.#shownOf = shownOf;
    this.#make = make;
    this.#say = say;
  }

  /** Let a later answer sound by itself, see Player.prime: the element is ours from the start. */
  prime() {
    this.#audio.load();
  }

  /** Fetch what a press of a turn's button would wait for; silently. */
  async prepare(turn) {
    await this.#loaded().catch(() => {});
    this.#here?.prepare(turn);
  }

  /** The button of a turn was pressed: begin, go on, or stop. */
  press(turn) {
    if (this.#here) this.#here.press(turn);
    else if (this.#wanted === turn) this.stop();
    else this.play(turn);
  }

  /** Read a turn's answer from its beginning; called from within a press, which the loading outlasts. */
  async play(turn) {
    this.stop();
    this.#wanted = turn;
    if (!this.#here) {
      this.prime();
      this.#show(turn, 'loading', '');
      try {
        await this.#loaded();
      } catch {
        this.#wanted = null;
        this.#show(turn, 'idle', NOT_LOADED);
        this.#say(NOT_LOADED);
        return;
      }
    }
    if (this.#wanted === turn) this.#here.play(turn);
  }

  stop() {
    if (this.#here) this.#here.stop();
    else if (this.#wanted) this.#show(this.#wanted, 'idle', '');
    this.#wanted = null;
  }

  /** Hold while a screen reader speaks, for those who asked for it. */
  yield() {
    this.#here?.yield();
  }

  async #loaded() {
    const { Speaking } = await import('./speaking.js');
    this.#here ??= this.#make(Speaking);
  }

  #show(turn, state, words) {
    const shown = this.#shownOf(turn);
    if (!shown) return;
    const note = shown.querySelector('.note');
    shown.querySelector('.speak').dataset.state = state;
    write(note, words);
    note.hidden = !words;
  }
}
