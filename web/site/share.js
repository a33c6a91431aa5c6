/** 分享: copy the address, or hand it to the system's own sharing where there is one. The code for WeChat needs no script. */

export function startSharing() {
  const share = document.querySelector('.share');
  if (!share) return;
  const address = share.querySelector('input');
  const said = share.querySelector('.share-said');
  const system = share.querySelector('[data-share="system"]');
  system.hidden = !navigator.share;
  share.querySelector('[data-share="copy"]').addEventListener('click', async () => {
    said.textContent = (await copied(address)) ? '链接已复制，可以粘贴给别人了。' : '没能复制，请长按或选中网址自己复制。';
  });
  system.addEventListener('click', () => {
    // Rejected when the visitor changes their mind: nothing to say then.
    navigator.share({ title: document.title, url: address.value }).catch(() => {});
  });
  share.addEventListener('toggle', () => {
    if (share.open) share.querySelector('.share-panel').scrollIntoView({ block: 'nearest' });
  });
  share.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !share.open) return;
    share.open = false;
    share.querySelector('summary').focus();
  });
  document.addEventListener('click', (event) => {
    if (!share.contains(event.target)) share.open = false;
  });
}

/** The clipboard needs https; on an intranet without it the old way still works. */
async function copied(address) {
  try {
    await navigator.clipboard.writeText(address.value);
    return true;
  } catch {
    address.focus();
    address.select();
    return document.execCommand('copy');
  }
}
