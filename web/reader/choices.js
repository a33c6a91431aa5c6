/**
 * What this browser keeps about listening: the citizen's choices, the same for the reader and the widget of a page, and
 * how far each report was heard (a place in its text, nothing else). Where it keeps nothing (private windows, blocked
 * storage) all works, unkept.
 */

const CHOICES_KEY = 'anan-listening';
const BOOKMARKS_KEY = 'anan-bookmarks';
/** Reports remembered; the longest unheard go first. */
const MOST = 30;

/** Speeds offered, times the usual one. */
export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

/** Every choice: what it is unless chosen, and whether a value makes sense. */
const CHOICES = {
  rate: [1, (value) => RATES.includes(value)],
  volume: [1, (value) => value >= 0 && value <= 1],
  loop: ['off', (value) => ['one', 'all'].includes(value)],
  /** `{name, label, sex, figure}`, or null for the server's own choice. */
  voice: [null, (value) => typeof value?.name === 'string'],
  /** Pause when focus moves, because a screen reader then speaks. */
  yielding: [false, (value) => value === true],
};

/** Fires `change` (detail: the choice's name). */
class Choices extends EventTarget {
  #kept = kept(CHOICES_KEY) ?? {};

  /** @param {'rate' | 'volume' | 'loop' | 'voice' | 'yielding'} name */
  get(name) {
    const [usual, fits] = CHOICES[name];
    return fits(this.#kept[name]) ? this.#kept[name] : usual;
  }

  /** A value that makes no sense is the same as none. */
  set(name, value) {
    this.#kept = { ...this.#kept, [name]: value };
    keep(CHOICES_KEY, this.#kept);
    this.dispatchEvent(new CustomEvent('change', { detail: name }));
  }
}

/** The one of this page. */
export const choices = new Choices();

/**
 * Show a choice now and whenever it changes.
 * @param {string} name
 * @param {(value: any) => void} show
 */
export function follow(name, show) {
  choices.addEventListener('change', ({ detail }) => detail === name && show(choices.get(name)));
  show(choices.get(name));
}

/**
 * Ask for sound in the citizen's voice; one that the server no longer has is given up for the server's own choice.
 * @template T
 * @param {(voice?: string) => Promise<T>} ask
 * @returns {Promise<T>}
 */
export async function inChosenVoice(ask) {
  const voice = choices.get('voice')?.name;
  try {
    return await ask(voice);
  } catch (error) {
    if (!voice || ![400, 404].includes(error.status)) throw error;
  }
  const sound = await ask();
  choices.set('voice', null);
  return sound;
}

/**
 * @param {{kept?: boolean}} utterance
 * @returns {boolean} whether the server has its sound, in the citizen's voice, as far as is known
 */
export function isKept({ kept }) {
  return Boolean(kept && !choices.get('voice'));
}

/**
 * @param {string} report its id
 * @returns {number | undefined} where in the report's text the citizen left
 */
export function bookmarkOf(report) {
  const found = bookmarks().find(([id]) => id === report)?.[1];
  return Number.isInteger(found) ? found : undefined;
}

/**
 * @param {string} report
 * @param {number} [at] nothing when there is no place to come back to
 */
export function keepBookmark(report, at) {
  const others = bookmarks().filter(([id]) => id !== report);
  keep(BOOKMARKS_KEY, at ? [[report, at], ...others].slice(0, MOST) : others);
}

function bookmarks() {
  const found = kept(BOOKMARKS_KEY);
  return Array.isArray(found) ? found.filter(Array.isArray) : [];
}

function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: kept for as long as the page stays.
  }
}
