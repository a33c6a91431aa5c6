/** Reading answers aloud: one at a time, each with its own button. */

import { write } from './dom.js';
import { choices, inChosenVoice, isKept } from '../reader/choices.js';
import { Player } from '../reader/player.js';

/** What the play button says in each state of the player. */
const WORDS = Object.freeze({ idle: '播报', loading: '停止播报', playing: '停止播报', paused: '继续播报' });

export class Speaking {
  #player;
  #client;
  #shownOf;
  #turn = null;

  /**
   * @param {HTMLAudioElement} audio
   * @param {import('./api.js').ApiClient} client
   * @param {(turn: object) => HTMLElement | undefined} shownOf the element of a turn
   * @param {(state: string, words: string) => void} tell the player's state, and what went wrong if anything
   */
  constructor(audio, client, shownOf, tell) {
    this.#player = new Player(audio, (key, signal) => inChosenVoice((voice) => client.speech(key, signal, voice)));
    this.#client = client;
    this.#shownOf = shownOf;
    this.#player.addEventListener('state', () => {
      this.#show();
      tell(this.#player.state, '');
    });
    this.#player.addEventListener('notice', ({ detail }) => this.#excuse(detail));
    this.#player.addEventListener('failure', ({ detail }) => {
      this.#excuse(detail.message);
      tell('idle', detail.message);
    });
  }

  /** Let a later answer sound by itself: call it from within a press, for only then browsers allow it. */
  prime() {
    this.#player.prime();
  }

  stop() {
    this.#player.stop();
  }

  /** Hold while a screen reader speaks, for those who asked for it. */
  yield() {
    if (choices.get('yielding')) this.#player.pause();
  }

  /** The button of a turn was pressed: begin, go on, or stop. */
  press(turn) {
    const mine = this.#turn === turn && this.#player.state !== 'idle';
    if (mine && this.#player.state === 'paused') this.#player.resume();
    else if (mine) this.stop();
    else this.play(turn);
  }

  /** Fetch what a press would wait for, unless the server would have to make it first; silently. */
  prepare(turn) {
    const [first] = turn.answer.utterances;
    if (isKept(first)) this.#player.prefetch(first.key);
  }

  /** Read a turn's answer from its beginning. */
  play(turn) {
    this.stop();
    this.#turn = turn;
    this.#excuse('');
    this.#client.heard('answer');
    this.#player.play(turn.answer.utterances);
  }

  #show() {
    const button = this.#shownOf(this.#turn)?.querySelector('.speak');
    if (!button) return;
    button.dataset.state = this.#player.state;
    write(button.querySelector('.words'), WORDS[this.#player.state]);
  }

  #excuse(words) {
    const note = this.#shownOf(this.#turn)?.querySelector('.note');
    if (!note) return;
    write(note, words);
    note.hidden = !words;
  }
}
