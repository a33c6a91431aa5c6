/**
 * Plays a list of utterances in order through one audio element and fetches what follows while one sounds.
 * It knows nothing of the page: widget and reader both show its state in their own way.
 *
 * Sounds are fetched and played from memory instead of being given to the audio element by address: so a busy voice can be
 * told from a lost network, waiting can be given up, and what was fetched ahead is what is played. One element for all,
 * because telephones let only the element sound on that a press has unlocked; nothing waits for a timer, which a
 * sleeping tab would not run.
 */

import { endTurn, takeTurn } from '../widget/one-voice.js';
import { choices } from './choices.js';
import { DeviceVoice, Sounds } from './sounds.js';

/** How many utterances are fetched ahead: one may be a heading of half a second. */
const AHEAD = 2;

/**
 * Who presses ahead again within so long (milliseconds) is still looking for a place: sounds are fetched once she has
 * settled, or every sentence passed over would be made for nobody.
 */
const SETTLED = 250;

const BY_DEVICE = '安安的声音暂时取不到，正在用这台设备自带的声音播报。';

/** What a citizen reads when the browser, not the server, is why nothing is heard. */
const BLOCKED = '浏览器没有允许出声，请再按一次。';
const BROKEN = '这段语音放不出来，请稍后再试。';

/**
 * @typedef {'idle' | 'loading' | 'playing' | 'paused'} PlayerState
 * @typedef {{key: string, text?: string}} Utterance with its text the device's own voice can stand in
 *
 * Events: `state` on every change of `state`; `utterance` (detail: index) when one's turn has come; `notice` (detail: a
 * sentence for the citizen, empty when it no longer holds); `end` (detail: whether all were played) and `failure` (detail:
 * the Error) when a run is over. Speed, volume and voice are the citizen's choices (choices.js) at every moment.
 */
export class Player extends EventTarget {
  #audio;
  #sounds;
  #device = new DeviceVoice();
  #run = null;
  #address = '';
  /** The key of what the element holds before the press: making its decoder ready takes longer than a press should wait. */
  #placed = '';
  #sought = 0;
  /** @type {PlayerState} */
  #state = 'idle';

  /** @type {'off' | 'one' | 'all'} what comes after an utterance: the next, the same, or after the last the first */
  loop = 'off';

  /**
   * @param {HTMLAudioElement} audio
   * @param {(key: string, signal: AbortSignal) => Promise<Blob>} load
   */
  constructor(audio, load) {
    super();
    this.#audio = audio;
    // All it is given is in memory already.
    audio.preload = 'auto';
    this.#sounds = new Sounds(load);
    // A telephone call, unplugged headphones or a media key pause and resume the element behind our back.
    audio.addEventListener('pause', () => this.#outside());
    audio.addEventListener('play', () => this.#outside());
    audio.addEventListener('ended', () => {
      if (this.#run?.ready) this.#onward();
    });
    audio.addEventListener('error', () => this.#broken(''));
    choices.addEventListener('change', ({ detail }) => (detail === 'voice' ? this.reload() : this.#tune()));
    this.#tune();
  }

  /** @returns {PlayerState} */
  get state() {
    return this.#state;
  }

  /** @returns {number} the utterance whose turn it is, -1 while idle */
  get index() {
    return this.#run?.index ?? -1;
  }

  /**
   * Let the element sound later without another press. Phones allow sound only from within a press, and by the time a
   * sound has been fetched that press is over; WebKit lifts the ban for an element that was loaded during one. What is in
   * the element already is played within the press, and loaded anew it would have to be waited for.
   */
  prime() {
    if (!this.#placed) this.#audio.load();
  }

  /** Fetch a sound that may be wanted soon, and have it ready to sound; silently. */
  async prefetch(key) {
    if (this.#run || this.#placed === key) return;
    this.#sounds.want([key]);
    const sound = await this.#sounds.get(key).catch(() => null);
    // Another may be wanted by now.
    if (this.#run || !sound || this.#sounds.atHand(key) !== sound) return;
    this.#give(sound);
    this.#placed = key;
  }

  /**
   * Play; whatever was speaking on this page stops. Call it from within a press.
   * @param {readonly (Utterance | string)[]} list utterances or their keys alone; nothing happens when there is none to play
   * @param {{from?: number, first?: number, last?: number}} [part] where to begin, and the part to stay in (`last` excluded)
   */
  play(list, { from = 0, first = 0, last = list.length } = {}) {
    this.stop();
    if (first >= last) return;
    takeTurn(this);
    const items = list.map((each) => (typeof each === 'string' ? { key: each } : each));
    if (this.#placed !== items[from].key) this.#empty();
    this.prime();
    this.#run = { items, first, last, index: -1, turn: null, paused: false, ready: false, told: false };
    this.#go(from);
  }

  /** Hold where it is; nothing happens unless it is loading or playing. */
  pause() {
    if (!this.#run || this.#run.paused) return;
    this.#run.paused = true;
    this.#audio.pause();
    this.#device.stop();
    this.#change('paused');
  }

  /** Go on after pause. */
  resume() {
    const run = this.#run;
    if (!run?.paused) return;
    run.paused = false;
    if (run.ready) this.#sound(run);
    else this.#go(run.index);
  }

  /** Be silent and forget the list; the next play starts afresh. */
  stop() {
    if (!this.#run) return;
    this.#finish();
    this.announce('end', false);
  }

  /** Go to one utterance, brought within the part that is played; stays paused when it is. */
  seek(index) {
    const run = this.#run;
    if (!run) return;
    const now = performance.now();
    const wait = now - this.#sought < SETTLED ? SETTLED : 0;
    this.#sought = now;
    this.#go(Math.min(Math.max(index, run.first), run.last - 1), wait);
  }

  /** Go to the next utterance; at the last nothing happens. */
  next() {
    if (this.#run && this.index + 1 < this.#run.last) this.seek(this.index + 1);
  }

  /** Go to the one before; at the first it begins again. */
  previous() {
    this.seek(this.index - 1);
  }

  /** Fetch all anew, as another voice will say it, and begin this utterance again. */
  reload() {
    this.#sounds.want([]);
    if (this.#run) this.#go(this.index);
    else if (this.#placed) this.#empty();
  }

  async #go(index, wait = 0) {
    const run = this.#run;
    const turn = {};
    Object.assign(run, { index, turn, ready: false });
    this.#audio.pause();
    this.#device.stop();
    const { key } = run.items[index];
    const sound = this.#sounds.atHand(key);
    if (run.paused) this.#change('paused');
    else if (!sound || this.#state === 'idle') this.#change('loading');
    this.announce('utterance', index);
    if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
    const mine = (next) => (value) => turn === this.#run?.turn && next(value);
    const hear = mine((found) => this.#hear(found));
    if (sound) hear(sound);
    else mine(() => this.#sounds.get(key).then(hear, mine((error) => this.#without(error))))();
  }

  #hear(sound) {
    const run = this.#run;
    if (this.#placed !== run.items[run.index].key) this.#give(sound);
    this.#placed = '';
    run.ready = true;
    if (!run.paused) this.#sound(run);
    this.#ahead();
  }

  /** The one that sounds stays at hand, for beginning it again. */
  #ahead() {
    const { items, index, first, last } = this.#run;
    const near = items.slice(index, Math.min(index + 1 + AHEAD, last));
    if (this.loop === 'all' && index + 1 === last) near.push(items[first]);
    this.#sounds.want(near.map(({ key }) => key));
  }

  #sound(run) {
    const { turn } = run;
    this.#audio.play().then(
      () => {
        if (turn !== this.#run?.turn || run.paused) return;
        if (run.told) this.announce('notice', '');
        run.told = false;
        this.#change('playing');
      },
      ({ name }) => {
        // Interrupted by our own pause or stop: not a failure.
        if (turn === this.#run?.turn && name !== 'AbortError') this.#broken(name);
      },
    );
  }

  #onward() {
    const run = this.#run;
    if (this.loop === 'one') this.#go(run.index);
    else if (run.index + 1 < run.last) this.#go(run.index + 1);
    else if (this.loop === 'all') this.#go(run.first);
    else {
      this.#finish();
      this.announce('end', true);
    }
  }

  #broken(name) {
    const run = this.#run;
    if (!run?.ready) return;
    if (name === 'NotAllowedError') {
      run.paused = true;
      this.#change('paused');
      this.announce('notice', BLOCKED);
      run.told = true;
      return;
    }
    run.ready = false;
    this.#without(new Error(BROKEN));
  }

  /** The sound cannot be had: the device's voice says the sentence, and the next one is tried with ours again. */
  #without(error) {
    const run = this.#run;
    const { turn } = run;
    const { text } = run.items[run.index];
    // Tried again when it goes on.
    if (run.paused) return;
    if (error.status === 404 || !text || !this.#device.there) {
      this.#fail(error);
      return;
    }
    if (!run.told) this.announce('notice', BY_DEVICE);
    run.told = true;
    this.#change('playing');
    this.#device.say(text, { rate: choices.get('rate'), volume: choices.get('volume') }).then(
      () => turn === this.#run?.turn && this.#onward(),
      () => turn === this.#run?.turn && this.#fail(error),
    );
    if (run.index + 1 < run.last) this.#sounds.want([run.items[run.index + 1].key]);
  }

  #outside() {
    const run = this.#run;
    if (!run?.ready || this.#audio.ended) return;
    if (this.#audio.paused && this.#state === 'playing') {
      run.paused = true;
      this.#change('paused');
    } else if (!this.#audio.paused && run.paused) {
      run.paused = false;
      this.#change('playing');
    }
  }

  /** A new source takes the default rate, so both are set. */
  #tune() {
    const rate = choices.get('rate');
    Object.assign(this.#audio, { playbackRate: rate, defaultPlaybackRate: rate, volume: choices.get('volume') });
    this.#audio.preservesPitch = true;
    this.#audio.webkitPreservesPitch = true;
  }

  #fail(error) {
    this.#finish();
    this.announce('failure', error);
  }

  #finish() {
    this.#run = null;
    endTurn(this);
    this.#device.stop();
    this.#audio.pause();
    this.#empty();
    this.#audio.load();
    this.#sounds.want([]);
    this.#change('idle');
  }

  #give(sound) {
    this.#release();
    this.#address = URL.createObjectURL(sound);
    this.#audio.src = this.#address;
  }

  /** Take out what the element holds; it lets go of it when it is next loaded. */
  #empty() {
    this.#placed = '';
    this.#audio.removeAttribute('src');
    this.#release();
  }

  #release() {
    if (this.#address) URL.revokeObjectURL(this.#address);
    this.#address = '';
  }

  /** @param {PlayerState} state */
  #change(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.announce('state', state);
  }

  /** @protected */
  announce(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
