/** The browser's own recognition, where the server has none. */

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
/** A question takes no longer (milliseconds). */
const LONGEST = 30_000;

const WHY = Object.freeze({
  'not-allowed': 'NotAllowedError',
  'service-not-allowed': 'NotSupportedError',
  'audio-capture': 'NotFoundError',
  'no-speech': 'NothingSaid',
});

export class BrowserEars {
  #recognition = new Recognition();
  #timer = 0;

  /**
   * Hear one sentence. @returns {Promise<string>} empty for nothing; rejects with an Error named as a recorder's would be
   */
  hear() {
    const recognition = this.#recognition;
    recognition.lang = 'zh-CN';
    this.#timer = setTimeout(() => recognition.stop(), LONGEST);
    return new Promise((resolve, reject) => {
      let text = '';
      recognition.addEventListener('result', ({ results }) => {
        text = [...results].map(([best]) => best.transcript).join('');
      });
      recognition.addEventListener('error', ({ error }) => reject(Object.assign(new Error(error), { name: WHY[error] ?? 'NetworkError' })));
      recognition.addEventListener('end', () => {
        clearTimeout(this.#timer);
        resolve(text.trim());
      });
      recognition.start();
    });
  }

  /** No more is said; what was heard so far counts. */
  end() {
    this.#recognition.stop();
  }

  close() {
    clearTimeout(this.#timer);
    this.#recognition.abort();
  }
}
