/** Where sound comes from: the server's, fetched ahead of need and again after a failure, and the device's own voice. */

/** Waits before a sound that could not be fetched is asked for again, in milliseconds. */
const WAITS = [300, 1000, 2500];

/** Sounds on their way and at hand, fetched once and let go when they are past. */
export class Sounds {
  #load;
  #wanted = [];
  /** @type {Map<string, {coming: Promise<Blob>, sound: Blob | null, giveUp: AbortController}>} */
  #held = new Map();

  /** @param {(key: string, signal: AbortSignal) => Promise<Blob>} load */
  constructor(load) {
    this.#load = load;
  }

  /** @returns {Blob | null | undefined} what can be played at once */
  atHand(key) {
    return this.#held.get(key)?.sound;
  }

  /** @returns {Promise<Blob>} one fetch, however often it is asked for; rejects for good after the last attempt */
  get(key) {
    return (this.#held.get(key) ?? this.#fetch(key)).coming;
  }

  /** Fetch these, one after the other so that the first comes first, and let go of all others. */
  async want(keys) {
    this.#wanted = keys;
    for (const [key, { giveUp }] of [...this.#held]) {
      if (keys.includes(key)) continue;
      giveUp.abort();
      this.#held.delete(key);
    }
    for (const key of keys) {
      // A failure is for whoever needs the sound.
      await this.get(key).catch(() => {});
      if (keys !== this.#wanted) return;
    }
  }

  #fetch(key) {
    const held = { sound: null, giveUp: new AbortController() };
    held.coming = patiently(this.#load, key, held.giveUp.signal);
    this.#held.set(key, held);
    held.coming.then(
      (sound) => {
        held.sound = sound;
      },
      () => {
        if (this.#held.get(key) === held) this.#held.delete(key);
      },
    );
    return held;
  }
}

async function patiently(load, key, signal, [wait, ...more] = WAITS) {
  try {
    return await load(key, signal);
  } catch (error) {
    if (signal.aborted || !wait || !mayPass(error)) throw error;
  }
  await new Promise((resolve) => setTimeout(resolve, wait));
  return patiently(load, key, signal, more);
}

/** Whether it is worth asking again at once: not a refusal, not a busy voice (the client waited for it), not a long wait. */
function mayPass({ status, retryable, code }) {
  return retryable && code !== 'timeout' && status !== 429 && status !== 503;
}

/**
 * The device's own Chinese voice, for when the server's cannot be had. Only voices that live on the device: others send
 * the text to somebody's servers.
 */
export class DeviceVoice {
  #utterance = null;

  constructor() {
    // Some browsers begin to look for voices when first asked.
    chinese();
  }

  /** Whether there is one. */
  get there() {
    return Boolean(chinese());
  }

  /**
   * @param {string} text
   * @param {{rate: number, volume: number}} how times the usual speed; 0 to 1
   * @returns {Promise<void>} settles when it was said or could not be; never after stop
   */
  say(text, how) {
    return new Promise((resolve, reject) => {
      const utterance = new SpeechSynthesisUtterance(text);
      this.#utterance = Object.assign(utterance, how, { voice: chinese(), lang: 'zh-CN', onend: resolve, onerror: reject });
      // Held above, for Chromium drops one that nobody holds, and its events with it.
      speechSynthesis.speak(utterance);
    });
  }

  stop() {
    if (!this.#utterance) return;
    Object.assign(this.#utterance, { onend: null, onerror: null });
    this.#utterance = null;
    speechSynthesis.cancel();
  }
}

function chinese() {
  const voices = globalThis.speechSynthesis?.getVoices() ?? [];
  return voices.find(({ lang, localService }) => localService && /^(zh|cmn)(?!.*HK)/iu.test(lang));
}
