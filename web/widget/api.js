/**
 * The server's /api/v1 as functions. Everything that can go wrong becomes an ApiError whose message a citizen can read.
 */

/** Where this module was served from: `HOST/web/widget/api.js` gives `HOST/`, also below a path prefix. */
export const HOME = new URL('../../', import.meta.url).href;

/**
 * How long each call may take, in milliseconds, its body included. An answer takes well under a second, so 20 s is a slow
 * telephone network; a report's utterances are registered on first use; a neural voice, or ears, may need half a minute when they are busy.
 */
export const TIMEOUTS = Object.freeze({ ask: 20_000, send: 20_000, suggest: 5_000, utterances: 20_000, speech: 45_000 });

/** Statuses that ask to come back later: too many requests, and busy. */
const COME_BACK = [429, 503];

/** A busy voice asks to come back later: at most this often, and never waiting longer than this (milliseconds). */
const SPEECH_RETRIES = 2;
const SPEECH_WAIT_LIMIT = 5_000;

/** A whole report's audio is some ten megabytes; ten minutes are a slow telephone network. */
const DOWNLOAD_TIMEOUT = 600_000;

const WORDS = Object.freeze({
  offline: '网络好像断开了，请检查网络后再试一次。',
  unreachable: '暂时连不上安安，请稍后再试一次。',
  timeout: '等了很久还没有收到回音，请再试一次。',
  garbled: '收到的内容不完整，请再试一次。',
  failed: '安安这边出了点问题，请稍后再试一次。',
});

/** A call that gave no usable reply. */
export class ApiError extends Error {
  /**
   * @param {string} code the server's machine word, or offline, unreachable, timeout, garbled, failed, stopped
   * @param {string} message one Chinese sentence
   * @param {{status?: number, retryable?: boolean, retryAfter?: number}} [more] the HTTP status, 0 without a reply; whether
   *   the same call may work later; how long to wait first, in milliseconds
   */
  constructor(code, message, { status = 0, retryable = true, retryAfter = 0 } = {}) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.retryable = retryable;
    this.retryAfter = retryAfter;
  }
}

/**
 * The base address that a `server` attribute means.
 * @param {string | null} server absolute or relative; empty or unusable gives HOME
 * @returns {string} ends with a slash
 */
export function baseAddress(server) {
  try {
    const url = new URL(server ? `${server.replace(/\/+$/u, '')}/` : HOME, HOME);
    return /^https?:$/u.test(url.protocol) ? url.href : HOME;
  } catch {
    return HOME;
  }
}

/** Calls to one server. */
export class ApiClient {
  /**
   * @param {string} base as baseAddress gives it
   * @param {Partial<typeof TIMEOUTS>} [timeouts]
   */
  constructor(base, timeouts = {}) {
    this.base = base;
    this.timeouts = { ...TIMEOUTS, ...timeouts };
    /** What was heard last: asked as it was heard, a question counts as spoken. */
    this.said = '';
  }

  /**
   * Ask one question.
   * @param {string} question
   * @param {string} conversation the id of the last answer, or empty
   * @param {object | null} [about] what the page is about: `{report}` or `{body, year}`
   * @returns {Promise<object>} the Answer with its utterances
   */
  async ask(question, conversation, about) {
    const spoken = question === this.said && { spoken: true };
    const body = { question, ...(conversation && { conversation }), ...(about && { about }), ...spoken };
    const answer = await this.#json('api/v1/ask', this.timeouts.ask, posted(body));
    if (typeof answer?.text !== 'string') throw new ApiError('garbled', WORDS.garbled);
    return { evidence: [], suggestions: [], utterances: [], ...answer };
  }

  /**
   * Tell that an answer or a report is being heard, for the count; nobody waits for it, and nothing comes of a failure.
   * @param {'answer' | 'report'} what
   * @param {string} [report] its id
   */
  heard(what, report = '') {
    fetch(new URL('api/v1/heard', this.base), posted({ what, ...(report && { report }) })).catch(() => {});
  }

  /**
   * Questions the corpus can answer.
   * @param {string} typed empty for the popular ones
   * @param {AbortSignal} [signal]
   * @param {string} [report] the id of one whose own come first
   * @returns {Promise<string[]>}
   */
  async suggest(typed, signal, report) {
    const query = new URLSearchParams({ q: typed, ...(report && { report }) });
    const reply = await this.#json(`api/v1/suggest?${query}`, this.timeouts.suggest, { signal });
    return Array.isArray(reply?.suggestions) ? reply.suggestions : [];
  }

  /**
   * The reports that a query names.
   * @param {Record<string, string>} query `id`, `index_number` or `url`
   * @returns {Promise<object[]>}
   */
  async reports(query) {
    const reply = await this.#json(`api/v1/reports?${new URLSearchParams(query)}`, this.timeouts.suggest);
    return Array.isArray(reply?.reports) ? reply.reports : [];
  }

  /** Whether spoken questions are heard: `{works, seconds, bytes, kept_days}`; null when the server cannot be asked. */
  async ears() {
    return this.#json('api/v1/listen', this.timeouts.suggest).catch((error) => (error.status === 404 ? { works: false } : null));
  }

  /**
   * What is said in a recording; comes back by itself when others are heard.
   * @param {Blob} recording
   * @param {AbortSignal} signal gives up
   * @returns {Promise<{text: string, heard: string}>}
   */
  async listen(recording, signal) {
    const headers = { 'Content-Type': recording.type };
    return this.#patient(() => this.#json('api/v1/listen', this.timeouts.speech, { method: 'POST', headers, body: recording, signal }), signal);
  }

  /** What a form for a message needs: `{consent: {text}, text_limit, contact_limit, …}`. */
  async messageForm() {
    return this.#json('api/v1/messages', this.timeouts.suggest);
  }

  /** Leave a message: `{kind, text, contact?, consent?, question?, report?}` gives `{receipt, …}`. */
  async leave(message) {
    return this.#json('api/v1/messages', this.timeouts.send, posted(message));
  }

  /** What became of the message with a receipt: `{kind, text, state, created, reply}`. */
  async message(receipt) {
    return this.#json(`api/v1/messages/${encodeURIComponent(receipt)}`, this.timeouts.send);
  }

  /** Say whether an answer helped: `{conversation, question, kind, verdict, reason?}`. */
  async feedback(given) {
    await this.#call('api/v1/feedback', this.timeouts.send, posted(given), () => null);
  }

  /**
   * The sentences of a report in reading order.
   * @param {string} report its id
   * @param {AbortSignal} [signal]
   * @returns {Promise<{key: string, text: string, start: number, end: number}[]>}
   */
  async utterances(report, signal) {
    const path = `api/v1/reports/${encodeURIComponent(report)}/utterances`;
    const reply = await this.#json(path, this.timeouts.utterances, { signal });
    if (!Array.isArray(reply?.utterances)) throw new ApiError('garbled', WORDS.garbled);
    return reply.utterances;
  }

  /**
   * The sound of one utterance; comes back by itself when the voice is busy for a moment.
   * @param {string} key
   * @param {AbortSignal} [signal] gives up, also while waiting
   * @param {string} [voice] the name of a voice; the server's own choice when empty
   * @returns {Promise<Blob>}
   */
  async speech(key, signal, voice = '') {
    const path = `api/v1/speech/${encodeURIComponent(key)}${spoken(voice)}`;
    return this.#patient(() => this.#call(path, this.timeouts.speech, { signal }, (response) => response.blob()), signal);
  }

  /**
   * The voices that can be chosen; none where the server does not say.
   * @returns {Promise<{name: string, label: string, sex: string, default: boolean}[]>}
   */
  async voices() {
    const reply = await this.#json('api/v1/voices', this.timeouts.suggest).catch(() => null);
    return Array.isArray(reply?.voices) ? reply.voices : [];
  }

  /**
   * A whole report as one MP3.
   * @param {string} report its id
   * @param {string} [voice] as in speech
   * @returns {Promise<Blob>} rejects with the code `audio_not_ready` while it is being made: ask again after retryAfter
   */
  async reportAudio(report, voice = '') {
    const path = `api/v1/reports/${encodeURIComponent(report)}/audio${spoken(voice)}`;
    return this.#call(path, DOWNLOAD_TIMEOUT, {}, (response) => response.blob());
  }

  /**
   * The address of a link in an answer, on this server. Anything that is not a web address gives null.
   * @param {string | null | undefined} link
   * @returns {URL | null}
   */
  resolve(link) {
    if (!link) return null;
    try {
      const url = new URL(/^\/(?!\/)/u.test(link) ? link.slice(1) : link, this.base);
      return /^https?:$/u.test(url.protocol) ? url : null;
    } catch {
      return null;
    }
  }

  async #patient(call, signal) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await call();
      } catch (error) {
        if (!COME_BACK.includes(error.status) || attempt === SPEECH_RETRIES) throw error;
        await pause(Math.min(error.retryAfter, SPEECH_WAIT_LIMIT), signal);
      }
    }
  }

  async #json(path, timeout, options) {
    return this.#call(path, timeout, options, (response) => response.json());
  }

  async #call(path, timeout, { signal, ...options } = {}, read) {
    const controller = new AbortController();
    const stop = () => controller.abort();
    const timer = setTimeout(stop, timeout);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
    try {
      const response = await fetch(new URL(path, this.base), { ...options, signal: controller.signal });
      if (!response.ok) throw await refusal(response);
      return await read(response);
    } catch (error) {
      throw explained(error, controller.signal.aborted, signal?.aborted);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }
}

function spoken(voice) {
  return voice && `?voice=${encodeURIComponent(voice)}`;
}

function posted(value) {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}

/** The error that the server described, or one by status where a proxy answered instead of it. */
async function refusal(response) {
  const said = (await response.json().catch(() => null))?.error;
  const retryAfter = (Number.parseInt(response.headers.get('Retry-After') ?? '', 10) || 0) * 1000;
  const { status } = response;
  const retryable = status >= 500 || COME_BACK.includes(status) || status === 408;
  return new ApiError(said?.code ?? 'failed', said?.message ?? WORDS.failed, { status, retryable, retryAfter });
}

function explained(error, aborted, stopped) {
  if (error instanceof ApiError) return error;
  if (stopped) return new ApiError('stopped', '');
  const code = reason(error, aborted);
  return new ApiError(code, WORDS[code]);
}

function reason(error, aborted) {
  if (aborted) return 'timeout';
  if (error instanceof SyntaxError) return 'garbled';
  return navigator.onLine === false ? 'offline' : 'unreachable';
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new ApiError('stopped', ''));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
