// Says how fresh the numbers are, and lets the reader hold them still.
import { h, replace } from '../../dom.js';
import { duration } from '../../format.js';
import { mark } from '../../ui.js';
import { t } from '../../words.js';

/** @param {() => import('../../stream.js').Watch} watch */
export function liveNote(watch) {
  const text = h('span', { class: 'live-text' });
  const toggle = h(
    'button',
    { type: 'button', class: 'button linklike', id: 'pause-live', 'aria-pressed': 'false' },
    t('live.pause'),
  );
  const node = h('div', { class: 'live-note', id: 'live' }, text, toggle);
  let live = { mode: 'starting', at: Date.now() };
  let held = false;
  const draw = () => show(node, text, live);
  toggle.addEventListener('click', () => {
    held = !held;
    toggle.setAttribute('aria-pressed', String(held));
    toggle.textContent = t(held ? 'live.resume' : 'live.pause');
    if (held) watch().pause();
    else watch().resume();
  });
  const timer = setInterval(draw, 1000);
  return {
    node,
    update(next) {
      live = next;
      draw();
    },
    close: () => clearInterval(timer),
  };
}

function show(node, text, live) {
  const ago = duration((Date.now() - live.at) / 1000);
  const words = {
    starting: t('live.starting'),
    live: t('live.live'),
    polling: t('live.polling'),
    lost: t('live.lost', { ago }),
    paused: t('live.paused', { ago }),
  }[live.mode];
  const key = live.mode + words;
  if (node.dataset.shown === key) return;
  node.dataset.shown = key;
  node.dataset.mode = live.mode;
  document.querySelector('.job-page')?.classList.toggle('not-live', live.mode === 'lost');
  replace(text, mark({ live: '●', lost: '▲', paused: '‖' }[live.mode] || '○'), words);
}
