/** The microphone button beside the question: held while speaking, or touched before. What hears is loaded with its first press. */

import { sign } from './avatar.js';
import { button, element } from './dom.js';
import { COMPOSER_TOOLS } from './frame.js';

const KEYS = [' ', 'Enter'];

/**
 * Whether something here can hear: the server, where the page may record (by https or on the machine itself and, in a
 * frame, with the page around it agreeing), or else the browser. MediaRecorder is wherever this widget runs.
 */
function canHear(byServer) {
  if (!byServer) return isSecureContext && Boolean(window.SpeechRecognition ?? window.webkitSpeechRecognition);
  return Boolean(navigator.mediaDevices) && (document.featurePolicy?.allowsFeature('microphone') ?? true);
}

/** @param {import('./frame.js').Hands} hands */
function microphone(hands) {
  const { host, client } = hands;
  const attributes = { class: 'talk', 'aria-label': '说话提问', 'aria-pressed': 'false', title: '按住说话，或者点一下再说', hidden: true };
  // A click without a pointer comes from a screen reader or by voice.
  const talk = button(attributes, ({ detail }) => detail || act('press'), sign('mic'));
  let foreign = false;
  let ears = null;

  async function act(what) {
    ears ??= import('./microphone.js').then(({ Microphone }) => new Microphone(hands, talk, foreign));
    try {
      (await ears)[what]();
    } catch {
      ears = null;
      hands.say('话筒没有准备好，请再按一次，也可以打字。');
    }
  }

  host.addEventListener('anan-open', async () => {
    if (!talk.hidden) return;
    const server = await client.ears();
    foreign = !server?.works;
    talk.hidden = !server || !canHear(!foreign);
    if (!talk.hidden && !foreign && server.kept_days) hands.note(`说话提问的录音会保存 ${server.kept_days} 天，用来改进识别。`);
  });
  talk.addEventListener('pointerdown', ({ button: which, pointerId }) => {
    if (which) return;
    talk.setPointerCapture(pointerId);
    act('press');
  });
  for (const type of ['pointerup', 'pointercancel']) talk.addEventListener(type, () => ears && act('release'));
  // What a long touch brings up.
  talk.addEventListener('contextmenu', (event) => event.preventDefault());
  const key = (event) => {
    if (!KEYS.includes(event.key)) return;
    event.preventDefault();
    if (!event.repeat) act(event.type === 'keydown' ? 'press' : 'release');
  };
  talk.addEventListener('keydown', key);
  talk.addEventListener('keyup', key);
  return element('span', { class: 'tools' }, talk);
}

COMPOSER_TOOLS.push(microphone);
