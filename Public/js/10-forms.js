// Forms: counted characters, sending by keyboard, no double sending, a warning before words are lost.
{
  const isPost = form => form?.method === 'post'
  const sent = new WeakSet()

  // Near its limit a field counts down; over it the form stays, with every word.
  for (const control of document.querySelectorAll('[data-limit]')) {
    const limit = Number(control.dataset.limit)
    const line = document.createElement('p')
    line.className = 'counter'
    line.hidden = true
    control.after(line)
    const count = () => {
      const left = limit - [...control.value].length
      line.hidden = left > limit / 5
      line.classList.toggle('over', left < 0)
      line.textContent = left < 0 ? `${-left} characters too many` : `${left} characters left`
      control.setCustomValidity(left < 0 ? `Shorten this by ${-left} characters.` : '')
    }
    control.addEventListener('input', count)
    count()
  }

  // Ctrl-Enter or ⌘-Enter sends what is being written.
  document.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
    const form = event.target.form
    if (!isPost(form)) return
    event.preventDefault()
    form.requestSubmit()
  })

  // The second click of a double click does nothing. Listens last: whoever took the form over has said so by then.
  const free = form => {
    sent.delete(form)
    for (const each of form.querySelectorAll('button[aria-disabled]')) each.removeAttribute('aria-disabled')
  }
  addEventListener('submit', event => {
    const form = event.target
    if (event.defaultPrevented || !isPost(form)) return
    if (sent.has(form)) return event.preventDefault()
    sent.add(form)
    for (const each of form.querySelectorAll('button')) each.setAttribute('aria-disabled', 'true')
    setTimeout(free, 10000, form)
  })
  addEventListener('pageshow', event => { if (event.persisted) [...document.forms].forEach(free) })

  // Words that are kept nowhere: ask before the page goes. Text areas and forms with a draft are kept.
  const isChanged = each => each.type === 'checkbox' || each.type === 'radio'
    ? each.checked !== each.defaultChecked
    : each.matches('input:not([type=hidden]), textarea:not([data-draft])') && each.value !== each.defaultValue
  const isUnsaved = form => isPost(form) && !form.dataset.draft && !sent.has(form) && [...form.elements].some(isChanged)
  const warn = event => { if ([...document.forms].some(isUnsaved)) event.preventDefault() }
  document.addEventListener('input', () => addEventListener('beforeunload', warn), { once: true })
}
