/** A report's audio as a file to take along, in the voice that the citizen chose. */

import { inChosenVoice } from './choices.js';

/** While the server makes it, it is asked again at least so much later, and not more often than this: half an hour. */
const WAIT_AT_LEAST = 1_000;
const ATTEMPTS = 100;

/**
 * Wait until the server has the whole of it, then give it to the browser to save.
 * @param {import('../widget/api.js').ApiClient} client
 * @param {string} report its id
 * @param {string} name of the file, without its ending
 * @param {(words: string) => void} tell how far it is
 * @returns {Promise<void>} rejects with what cannot be helped by waiting
 */
export async function download(client, report, name, tell) {
  tell('正在下载，请稍候…');
  const sound = await whole(client, report, tell);
  const address = URL.createObjectURL(sound);
  const link = Object.assign(document.createElement('a'), { href: address, download: `${name}.mp3` });
  link.click();
  // Some browsers read it only after the press is over; a minute later all have.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

async function whole(client, report, tell) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inChosenVoice((voice) => client.reportAudio(report, voice));
    } catch (error) {
      if (error.code !== 'audio_not_ready' || attempt === ATTEMPTS) throw error;
      tell(error.message.replace('请稍后再试', '请稍候，做好了会自动下载'));
      await new Promise((resolve) => setTimeout(resolve, Math.max(error.retryAfter, WAIT_AT_LEAST)));
    }
  }
}
