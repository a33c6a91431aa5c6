/** The editor of an FAQ entry: while one types, what is nearly the same, disagrees with the reports, or is sensitive. */
import { element } from '../widget/dom.js';

// So long after the last key: a check takes the server some hundredths of a second.
const PAUSE_MS = 600;

const form = document.getElementById('faq-entry');
const place = document.getElementById('looked');

if (form && place) {
  let timer = 0;
  let asked = 0;

  const field = (name) => form.elements.namedItem(name)?.value ?? '';

  const shown = (found) => {
    const lines = [
      ...found.near.map((each) =>
        element('li', {}, '可能重复：', element('a', { href: `/desk/faq/entry?id=${encodeURIComponent(each.id)}`, target: '_blank', rel: 'noopener' }, each.question))
      ),
      ...found.contradictions.map((each) => element('li', {}, `${each.text} 与报告不一致：问“${each.asked}”，报告里是“${each.reported}”`)),
      ...found.sensitive.map((each) => {
        const text = each.field === 'phrasings' ? field('phrasings').replaceAll('\r', '') : field(each.field);
        return element('li', {}, `敏感信息（${each.kind}）：${[...text].slice(each.start, each.end).join('')}`);
      }),
    ];
    place.replaceChildren(...(lines.length ? [element('ul', { class: 'notice card' }, ...lines)] : []));
  };

  const check = async () => {
    const mine = ++asked;
    const body = {
      id: field('id'),
      question: field('question'),
      phrasings: field('phrasings').split('\n').map((line) => line.trim()).filter(Boolean),
      answer: field('answer'),
      publisher: field('publisher'),
    };
    try {
      const response = await fetch(form.dataset.check, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-CSRF': document.querySelector('meta[name="csrf"]').content },
        body: JSON.stringify(body),
      });
      const found = response.ok ? await response.json() : null;
      if (found && mine === asked) shown(found); // a later question overtook this one otherwise
    } catch {
      // Without the server nothing is said here; saving says it.
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE_MS);
  };

  form.addEventListener('input', later);
  // Who is quicker than this script has typed already.
  const written = ['question', 'phrasings', 'answer'].map((name) => form.elements.namedItem(name)).filter(Boolean);
  if (written.some((each) => each.value !== each.defaultValue)) later();
}
