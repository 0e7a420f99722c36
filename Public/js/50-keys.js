// Keyboard moves. None while typing; all can be switched off (WCAG 2.2, 2.1.4): in this browser by the switch in the list
// of keys, or in the account, which says data-keys="off" on every page.
{
  const root = document.documentElement
  const isOffInAccount = root.dataset.keys === 'off'
  try { root.dataset.keys ??= localStorage.getItem('league-keys') ?? 'on' } catch { root.dataset.keys ??= 'on' }

  const links = () => [...document.querySelectorAll('.rows .row :is(h2, h3, h4) a')]
  const step = by => {
    const all = links()
    const at = all.findIndex(each => each.closest('.row').contains(document.activeElement))
    all[Math.min(all.length - 1, Math.max(0, at < 0 && by < 0 ? 0 : at + by))]?.focus()
  }
  // g and the first letter of a main menu's entry; g n the notices.
  const places = () => {
    const found = { h: document.querySelector('.mast .name'), n: document.querySelector('.mast .notices') }
    for (const each of document.querySelectorAll('#menu a')) found[each.textContent.trim()[0].toLowerCase()] ??= each
    return found
  }
  const search = () => {
    const box = document.querySelector('.find input')
    if (box?.offsetParent) box.select()
    else document.querySelector('.mast a[href="/search"]')?.click()
  }

  let panel
  const help = () => {
    panel ??= build()
    if (panel.open) panel.close()
    else panel.showModal()
  }
  const build = () => {
    const dialog = document.createElement('dialog')
    dialog.className = 'keys'
    dialog.setAttribute('aria-labelledby', 'keys-title')
    const title = document.createElement('h2')
    title.id = 'keys-title'
    title.textContent = 'Keyboard'
    const list = document.createElement('dl')
    const names = Object.entries(places()).filter(([, link]) => link)
      .map(([letter, link]) => [['g', letter], { h: 'Front page', n: 'Notices' }[letter] ?? link.textContent.trim()])
    for (const [keys, words] of [
      [['?'], 'This list'], [['/'], 'Search'], [['j'], 'Next in the list'], [['k'], 'The one before'], [['o'], 'Open it'],
      [['r'], 'Reply'], ...names, [['Ctrl', 'Enter'], 'Send what you write'], [['Esc'], 'Close'],
    ]) {
      const term = document.createElement('dt')
      for (const key of keys) {
        const cap = document.createElement('kbd')
        cap.textContent = key
        term.append(cap, ' ')
      }
      const what = document.createElement('dd')
      what.textContent = words
      list.append(term, what)
    }
    const label = document.createElement(isOffInAccount ? 'p' : 'label')
    const box = document.createElement('input')
    box.type = 'checkbox'
    box.checked = root.dataset.keys !== 'off'
    box.onchange = () => {
      root.dataset.keys = box.checked ? 'on' : 'off'
      try { localStorage.setItem('league-keys', root.dataset.keys) } catch { /* holds for this page */ }
    }
    if (isOffInAccount) label.textContent = 'Single keys are switched off in your account, under Letters and keys.'
    else label.append(box, ' Single keys move about')
    const form = document.createElement('form')
    form.method = 'dialog'
    const close = document.createElement('button')
    close.className = 'button second'
    close.textContent = 'Close'
    form.append(close)
    dialog.append(title, list, label, form)
    document.body.append(dialog)
    return dialog
  }

  const acts = {
    '?': help, '/': search, j: () => step(1), k: () => step(-1),
    o: () => { if (document.activeElement.closest('.row')) document.activeElement.click() },
    r: () => document.querySelector('textarea[data-draft^="reply"]')?.focus(),
  }
  let isGoing = false
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return
    if (event.target.closest('input, textarea, select, [contenteditable]')) return
    const isOn = root.dataset.keys !== 'off'
    const act = isGoing ? () => places()[event.key]?.click() : acts[event.key]
    const wasGoing = isGoing
    isGoing = isOn && !wasGoing && event.key === 'g'
    if (isGoing) setTimeout(() => { isGoing = false }, 1500)
    if (!isOn || !act || (panel?.open && event.key !== '?')) return
    event.preventDefault()
    act()
  })

  // The page that explains the keys has a button for them too.
  document.querySelector('[data-keys-help]')?.addEventListener('click', help)
}
