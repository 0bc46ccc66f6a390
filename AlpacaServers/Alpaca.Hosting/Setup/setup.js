// Keeps the readings on the setup pages live and sends the buttons' commands without leaving the page. Without it the pages show the state of the moment they were made.
'use strict';

const period = 2000;

function show(root, part, text) {
  const element = root.querySelector(`[data-shows=${part}]`);
  if (element && element.textContent !== text) element.textContent = text;
}

function showLines(list, lines) {
  const rows = list.children;
  while (rows.length > lines.length) list.lastElementChild.remove();
  lines.forEach(({ label, text, tone }, i) => {
    let row = rows[i];
    if (!row) {
      row = list.appendChild(document.createElement('div'));
      row.append(document.createElement('dt'), document.createElement('dd'));
    }
    const [name, value] = row.children;
    if (name.textContent !== label) name.textContent = label;
    if (value.textContent !== text) value.textContent = text;
    value.className = tone;
  });
}

function showDevice(root, device) {
  const badge = root.querySelector('[data-shows=connection]') ?? document.querySelector('.head [data-shows=connection]');
  badge.textContent = device.connection;
  badge.className = 'badge ' + device.tone;
  show(root, 'fault', device.fault);
  show(root, 'pending', device.pending);
  show(root, 'empty', device.isConnected ? '' : 'Connect the device to see its readings.');
  showLines(root.querySelector('[data-shows=lines]'), device.lines);
  for (const form of document.querySelectorAll('[data-command]'))
    form.hidden = (form.dataset.command === 'connect') === device.isConnected;
}

async function ask(path) {
  const reply = await fetch(path, { cache: 'no-store' });
  if (!reply.ok) throw new Error(await reply.text());
  return reply.json();
}

const live = document.querySelector('[data-live]');

async function refresh() {
  try {
    const answer = await ask(live.dataset.live);
    if (live.tagName !== 'UL') {
      showDevice(live, answer);
    } else {
      const cards = new Map([...live.children].map((card) => [card.dataset.device, card]));
      if (Object.keys(answer).some((key) => !cards.has(key)) || [...cards.keys()].some((key) => !(key in answer))) location.reload();
      for (const [key, card] of cards) if (answer[key]) showDevice(card, answer[key]);
      document.getElementById('trouble').textContent = '';
    }
    document.body.classList.remove('stale');
  } catch (error) {
    document.body.classList.add('stale');
    const where = document.getElementById('trouble') ?? live.querySelector('[data-shows=fault]');
    where.textContent = 'The server does not answer: what is shown here is old.';
  }
}

let timer;

async function tick() {
  clearTimeout(timer);
  if (!document.hidden) await refresh();
  timer = setTimeout(tick, period);
}

if (live) {
  document.addEventListener('visibilitychange', () => document.hidden || tick());
  tick();
}

for (const form of document.querySelectorAll('[data-command]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    const error = document.getElementById('command-error');
    button.disabled = true;
    try {
      const reply = await fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams() });
      error.textContent = reply.ok ? (await reply.json()).error : await reply.text();
      await refresh();
    } catch (failure) {
      error.textContent = 'The server does not answer.';
    }
    button.disabled = false;
  });
}

// What was filled in is not lost by a slip of the finger.
for (const form of document.querySelectorAll('[data-settings]')) {
  let isChanged = form.querySelector('.wrong') !== null;
  form.addEventListener('input', () => { isChanged = true; form.classList.add('changed'); });
  form.addEventListener('submit', () => { isChanged = false; });
  addEventListener('beforeunload', (event) => { if (isChanged) event.preventDefault(); });
  form.querySelector('.wrong input, .wrong select, .wrong textarea')?.focus();
}
