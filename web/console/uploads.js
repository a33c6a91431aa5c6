/** Uploading reports: dropped or chosen, one after the other, with progress, and how far their reading is. */

const form = document.querySelector('form.drop');
const list = form?.querySelector('.uploads');
const field = form?.querySelector('input[type="file"]');
/** So often the queue is asked while something is being read. */
const LOOK_MS = 1500;

const reading = new Map();
const waiting = [];
let sending = false;
let timer = 0;

function line(name) {
  const item = document.createElement('li');
  const label = document.createElement('span');
  const state = document.createElement('span');
  const bar = document.createElement('progress');
  [label.textContent, state.textContent, bar.max, bar.value] = [name, '等待上传', 1, 0];
  bar.setAttribute('aria-label', name);
  item.append(label, state, bar);
  list.append(item);
  return { label, state, bar };
}

function refuse(row, words) {
  row.bar.remove();
  row.state.textContent = words;
  row.state.className = 'bad';
}

function send(file, row) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append('file', file);
    request.open('POST', form.action);
    request.setRequestHeader('X-CSRF', document.querySelector('meta[name="csrf"]').content);
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', (event) => {
      row.bar.value = event.lengthComputable ? event.loaded / event.total : 0;
    });
    request.addEventListener('loadend', () => {
      let reply = {};
      try {
        reply = JSON.parse(request.responseText);
      } catch {
        // An answer that is no JSON is told below like any other failure.
      }
      const [filed] = reply.filings ?? [];
      if (filed) {
        row.state.textContent = '正在读取';
        row.bar.removeAttribute('value');
        reading.set(filed.id, row);
        look();
      } else {
        refuse(row, reply.refused?.[0]?.message ?? reply.error?.message ?? (request.status === 413 ? '文件太大。' : '没有传上去，请再试一次。'));
      }
      resolve();
    });
    row.state.textContent = '正在上传';
    request.send(body);
  });
}

async function sendAll() {
  if (sending) return;
  sending = true;
  while (waiting.length) await send(...waiting.shift());
  sending = false;
}

function look() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const asked = new URLSearchParams([...reading.keys()].map((id) => ['id', id]));
    try {
      const reply = await (await fetch(`${form.dataset.queue}?${asked}`)).json();
      for (const each of reply.filings) settle(each);
    } catch {
      // The connection may come back: asked again below.
    }
    if (reading.size) look();
    else if (!sending) showAnew();
  }, LOOK_MS);
}

/** The list of reports and the numbers over it, as they are now. */
async function showAnew() {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
    for (const place of ['nav.chips', 'section[aria-label="报告列表"]']) {
      const [old, now] = [document.querySelector(place), page.querySelector(place)];
      if (old && now && !old.contains(document.activeElement)) old.replaceWith(now);
    }
  } catch {
    // They stay as they were; the lines above lead to what was read.
  }
}

function settle(filed) {
  const row = reading.get(filed.id);
  if (!row || filed.state === 'waiting') return;
  reading.delete(filed.id);
  if (filed.state === 'failed') {
    refuse(row, `读不出来：${filed.reason}`);
    return;
  }
  const link = document.createElement('a');
  [link.href, link.textContent] = [filed.link, filed.title];
  row.bar.remove();
  row.label.replaceChildren(link);
  row.state.textContent = '读好了';
}

function take(files) {
  for (const file of files) waiting.push([file, line(file.name)]);
  sendAll();
}

if (form) {
  field.required = false;
  field.addEventListener('change', () => {
    take([...field.files]);
    field.value = '';
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.querySelector('.main-button').hidden = true;
  for (const name of ['dragenter', 'dragover']) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add('over');
    });
  }
  form.addEventListener('dragleave', () => form.classList.remove('over'));
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    form.classList.remove('over');
    take([...event.dataTransfer.files]);
  });
}
