/**
 * Plays a list of utterances in order through one audio element and fetches the next one while one sounds.
 * It knows nothing of the page: widget and reader both show its state in their own way.
 *
 * Sounds are fetched and played from memory instead of being given to the audio element by address: so a busy voice can be
 * told from a lost network, waiting can be given up, and what was fetched ahead is what is played.
 */

/** One voice at a time on a page: a player that starts silences the one that was speaking. */
let speaking = null;

/** What a citizen reads when the browser, not the server, is why nothing is heard. */
export class PlaybackError extends Error {
  /** @param {string} name the DOMException's name, or empty for a sound that cannot be decoded */
  constructor(name) {
    super(name === 'NotAllowedError' ? '浏览器没有允许出声，请再按一次。' : '这段语音放不出来，请稍后再试。');
    this.name = 'PlaybackError';
  }
}

/**
 * @typedef {'idle' | 'loading' | 'playing' | 'paused'} PlayerState
 *
 * Events: `state` on every change of `state`; `utterance` (detail: index) when one begins; `end` (detail: whether all were
 * played) and `failure` (detail: the Error) when a run is over. `keys` is the list as it was given to play, for comparing.
 */
export class Player extends EventTarget {
  #audio;
  #load;
  #run = null;
  #address = '';
  /** @type {PlayerState} */
  #state = 'idle';

  /**
   * @param {HTMLAudioElement} audio
   * @param {(key: string, signal: AbortSignal) => Promise<Blob>} load
   */
  constructor(audio, load) {
    super();
    this.#audio = audio;
    this.#load = load;
    // A telephone call, unplugged headphones or a media key pause and resume the element behind our back.
    audio.addEventListener('pause', () => this.#outside());
    audio.addEventListener('play', () => this.#outside());
  }

  /** @returns {PlayerState} */
  get state() {
    return this.#state;
  }

  /** @returns {readonly string[] | null} the list being played */
  get keys() {
    return this.#run?.keys ?? null;
  }

  /**
   * Let the element sound later without another press. Phones allow sound only from within a press, and by the time a
   * sound has been fetched that press is over; WebKit lifts the ban for an element that was loaded during one.
   */
  prime() {
    this.#audio.load();
  }

  /**
   * Play from the first utterance; whatever was speaking on this page stops. Call it from within a press.
   * @param {readonly string[]} keys nothing happens when it is empty
   */
  play(keys) {
    this.stop();
    if (keys.length === 0) return;
    speaking?.stop();
    speaking = this;
    this.prime();
    this.#run = { keys, controller: new AbortController(), paused: false, fail: () => {} };
    this.#perform(this.#run);
  }

  /** Hold where it is; nothing happens unless it is loading or playing. */
  pause() {
    if (!this.#run || this.#run.paused) return;
    this.#run.paused = true;
    this.#audio.pause();
    this.#change('paused');
  }

  /** Go on after pause. */
  resume() {
    const run = this.#run;
    if (!run?.paused) return;
    run.paused = false;
    if (run.ready) this.#sound(run);
    else this.#change('loading');
  }

  /** Be silent and forget the list; the next play starts afresh. */
  stop() {
    if (!this.#run) return;
    this.#finish();
    this.#audio.pause();
    this.#unload();
    this.#announce('end', false);
  }

  async #perform(run) {
    try {
      let coming = this.#fetch(run, 0);
      for (let index = 0; index < run.keys.length; index += 1) {
        if (!run.paused) this.#change('loading');
        const sound = await coming;
        if (run !== this.#run) return;
        coming = this.#fetch(run, index + 1);
        await this.#hear(run, index, sound);
      }
      this.#finish();
      this.#announce('end', true);
    } catch (error) {
      if (run === this.#run) this.#fail(error);
    }
  }

  /** Begin fetching one sound; a failure is for whoever awaits it, which after a stop is nobody. */
  #fetch(run, index) {
    if (index >= run.keys.length) return null;
    const coming = this.#load(run.keys[index], run.controller.signal);
    coming.catch(() => {});
    return coming;
  }

  /** Settles when the sound has ended; never when the run was stopped, which leaves nobody waiting for it. */
  #hear(run, index, sound) {
    return new Promise((resolve, reject) => {
      this.#release();
      this.#address = URL.createObjectURL(sound);
      run.ready = true;
      run.fail = reject;
      this.#audio.onended = () => {
        run.ready = false;
        resolve();
      };
      this.#audio.onerror = () => reject(new PlaybackError(''));
      this.#audio.src = this.#address;
      this.#announce('utterance', index);
      if (!run.paused) this.#sound(run);
    });
  }

  #sound(run) {
    this.#audio.play().then(
      () => {
        if (run === this.#run && !run.paused && run.ready) this.#change('playing');
      },
      (error) => {
        // Interrupted by our own pause or stop: not a failure.
        if (error.name !== 'AbortError') run.fail(new PlaybackError(error.name));
      },
    );
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

  #fail(error) {
    this.#finish();
    this.#unload();
    this.#announce('failure', error);
  }

  #finish() {
    this.#run.controller.abort();
    this.#run = null;
    this.#audio.onended = null;
    this.#audio.onerror = null;
    if (speaking === this) speaking = null;
    this.#change('idle');
  }

  #unload() {
    this.#audio.removeAttribute('src');
    this.#audio.load();
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
    this.#announce('state', state);
  }

  #announce(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
