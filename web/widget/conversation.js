/** What was asked and answered so far, without any drawing: the widget shows it, tests read it. */

/**
 * @typedef {object} Turn one question and what became of it
 * @property {string} question
 * @property {'waiting' | 'answered' | 'failed'} state
 * @property {object | null} answer the Answer of the API once answered
 * @property {import('./api.js').ApiError | null} error the reason once failed
 */

/**
 * A conversation with one server. Fires `turn` (a CustomEvent whose detail is the Turn) whenever a turn changes.
 * One question is under way at a time, so that answers cannot overtake each other.
 */
export class Conversation extends EventTarget {
  #client;
  #id = '';
  /** @type {Turn | null} */
  #waiting = null;

  /** @param {import('./api.js').ApiClient} client */
  constructor(client) {
    super();
    this.#client = client;
    /** @type {Turn[]} */
    this.turns = [];
    /** What the page is about, for questions that do not say: as ApiClient.ask takes it. */
    this.about = null;
    /** Settles once that is known; a question asked sooner waits for it. */
    this.ready = Promise.resolve();
  }

  /** Whether an answer is being waited for. */
  get waiting() {
    return this.#waiting !== null;
  }

  /**
   * Ask a question.
   * @param {string} question
   * @returns {Promise<Turn> | null} settles when answered or failed and never rejects; null when it was not asked:
   *   the question is blank or another one is under way
   */
  ask(question) {
    const asked = question.trim();
    if (!asked || this.waiting) return null;
    const turn = { question: asked, state: 'waiting', answer: null, error: null };
    this.turns.push(turn);
    return this.#perform(turn);
  }

  /**
   * Ask a failed question again, in its place.
   * @param {Turn} turn
   * @returns {Promise<Turn> | null} as ask
   */
  retry(turn) {
    if (turn.state !== 'failed' || this.waiting) return null;
    return this.#perform(turn);
  }

  /**
   * Go on from what was said before on another page: a follow-up leans on the last of it.
   * @param {Turn[]} turns answered ones
   */
  resume(turns) {
    this.turns.unshift(...turns);
    this.#id ||= turns.at(-1)?.answer.conversation ?? '';
  }

  /** Forget everything; an answer under way is not shown any more. */
  clear() {
    this.turns = [];
    this.#id = '';
    this.#waiting = null;
  }

  async #perform(turn) {
    this.#waiting = turn;
    this.#change(turn, { state: 'waiting', error: null });
    let changes;
    try {
      await this.ready;
      const answer = await this.#client.ask(turn.question, this.#id, this.about);
      changes = { state: 'answered', answer };
    } catch (error) {
      changes = { state: 'failed', error };
    }
    // Cleared meanwhile.
    if (this.#waiting !== turn) return turn;
    this.#waiting = null;
    this.#id = changes.answer?.conversation ?? this.#id;
    this.#change(turn, changes);
    return turn;
  }

  #change(turn, changes) {
    Object.assign(turn, changes);
    this.dispatchEvent(new CustomEvent('turn', { detail: turn }));
  }
}
