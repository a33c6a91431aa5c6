import { bookmarkOf, follow, inChosenVoice, isKept, keepBookmark } from './choices.js';
import { announceToSystem } from './media-session.js';
import { Player } from './player.js';

const NOTHING = '这份报告没有可以播报的文字。';

/**
 * One report read aloud: a player whose sentences are fetched when they are first wanted, and which remembers where the
 * citizen left. `notice` also tells what went wrong.
 */
export class Reading extends Player {
  #client;
  #report = '';
  /** The list of sentences on its way or at hand, as a promise; and at hand. */
  #coming = null;
  #utterances = [];
  /** A press that waits for the list. */
  #waiting = null;
  /** Whether a part alone is read: that is no place to come back to. */
  #alone = false;
  /** Whether the list was fetched anew because the server had forgotten a key of it; once a reading. */
  #renewed = false;

  /**
   * @param {HTMLAudioElement} audio
   * @param {import('../widget/api.js').ApiClient} client
   */
  constructor(audio, client) {
    super(audio, (key, signal) => inChosenVoice((voice) => client.speech(key, signal, voice)));
    this.#client = client;
    follow('loop', (loop) => {
      this.loop = loop;
    });
    this.addEventListener('utterance', ({ detail }) => this.#turn(detail));
    this.addEventListener('end', ({ detail: whole }) => whole && !this.#alone && keepBookmark(this.#report));
    this.addEventListener('failure', ({ detail }) => this.#failed(detail));
    announceToSystem(this, () => ({ title: document.title, texts: this.#utterances.map(({ text }) => text) }));
  }

  /** @returns {import('./player.js').PlayerState} */
  get state() {
    return this.#waiting ? 'loading' : super.state;
  }

  get utterances() {
    return this.#utterances;
  }

  /** @param {string} report another report, whose list is not known yet */
  about(report) {
    this.stop();
    this.#report = report;
    this.#coming = null;
  }

  /** Fetch what a press would wait for; silently. What the server would have to make first, only where a press is near. */
  async warm(near) {
    const [first] = await this.#list().catch(() => []);
    if (first && (near || isKept(first)) && this.state === 'idle') this.prefetch(first.key);
  }

  /** Read from the sentence at a place of the report's text; from the first unless given. Call it from within a press. */
  async from(at = 0) {
    await this.#begin(false, (list) => ({ from: placeOf(list, at) }));
  }

  /** Read from where the citizen left last time. */
  goOn() {
    this.from(bookmarkOf(this.#report));
  }

  /** Read the sentences that lie in a stretch of the text, whole ones, and no other. */
  async alone({ start, end }) {
    await this.#begin(true, (list) => {
      const first = placeOf(list, start);
      return { from: first, first, last: Math.max(first, list.findLastIndex((each) => each.start < end)) + 1 };
    });
  }

  /** Go to the sentence at a place of the text, and on from there. */
  jump(at) {
    if (this.#alone || this.#waiting) this.from(at);
    else {
      this.seek(placeOf(this.#utterances, at));
      this.resume();
    }
  }

  /** The one press: begin, hold, go on; while it waits for the list, give up. */
  toggle() {
    const { state } = this;
    if (this.#waiting) this.stop();
    else if (state === 'idle') this.from();
    else if (state === 'paused') this.resume();
    else this.pause();
  }

  stop() {
    const waited = this.#waiting;
    this.#waiting = null;
    super.stop();
    if (waited) this.announce('state');
  }

  async #begin(alone, part) {
    this.stop();
    this.#renewed = false;
    this.announce('notice', '');
    this.prime();
    await this.#play(alone, part);
  }

  async #play(alone, part) {
    const press = {};
    this.#waiting = press;
    this.announce('state');
    let words = NOTHING;
    const list = await this.#list().catch((error) => {
      words = error.message;
    });
    if (press !== this.#waiting) return;
    this.#waiting = null;
    this.#alone = alone;
    if (list?.length) {
      if (!alone) this.#client.heard('report', this.#report);
      this.play(list, part(list));
    } else this.announce('notice', words);
    this.announce('state');
  }

  #list() {
    const coming = (this.#coming ??= this.#client.utterances(this.#report));
    coming.then(
      (list) => {
        if (coming === this.#coming) this.#utterances = list;
      },
      () => {
        if (coming === this.#coming) this.#coming = null;
      },
    );
    return coming;
  }

  #turn(index) {
    if (!this.#alone) keepBookmark(this.#report, index && this.#utterances[index].start);
  }

  /** A key that the server has forgotten is had again with the list. */
  #failed(error) {
    if (error.status !== 404 || this.#renewed) {
      this.announce('notice', error.message);
      return;
    }
    this.#renewed = true;
    this.#coming = null;
    const at = bookmarkOf(this.#report) ?? 0;
    this.#play(false, (list) => ({ from: placeOf(list, at) }));
  }
}

/** The sentence at a place of the text, or the first after it, or the last. */
function placeOf(list, at) {
  const found = list.findIndex(({ end }) => end > at);
  return found < 0 ? list.length - 1 : found;
}
