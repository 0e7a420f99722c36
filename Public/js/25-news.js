// News: says that replies have come to the discussion that is read, and how many notices wait. Nothing that is being read
// moves; the words are a link. Only the page in front listens, since browsers open few connections to one site.
{
  const line = document.querySelector('[data-events]')
  let source, timer, losses = 0

  const reply = ({ data }) => {
    const { count, path } = JSON.parse(data)
    losses = 0
    if (!count) return line.replaceChildren()
    const link = document.createElement('a')
    link.href = path
    link.textContent = 'show'
    line.replaceChildren(`${count > 99 ? 'More than 99' : count} new ${count === 1 ? 'reply' : 'replies'} – `, link)
  }

  const notices = ({ data }) => {
    const link = document.querySelector('.mast .notices')
    const unread = Number(data)
    link?.setAttribute('aria-label', unread ? `Notices, ${unread} new` : 'Notices')
    let count = link?.querySelector('.count')
    if (!unread) return count?.remove()
    if (!count) {
      count = document.createElement('span')
      count.className = 'count'
      link?.append(count)
    }
    count.textContent = unread > 99 ? '99+' : unread
  }

  const close = () => {
    clearTimeout(timer)
    source?.close()
    source = null
  }
  const open = () => {
    close()
    source = new EventSource(line.dataset.events)
    source.addEventListener('posts', reply)
    source.addEventListener('notices', notices)
    source.addEventListener('end', close)
    // The browser comes back by itself, but not after an answer that is no stream: a server that is just starting.
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED && ++losses < 6) timer = setTimeout(open, 2 ** losses * 1000)
    }
  }

  // The page of that discussion alone, not its likeness in the gallery.
  if (line?.dataset.events.startsWith(`${location.pathname}/`)) {
    document.addEventListener('visibilitychange', () => document.hidden ? close() : open())
    addEventListener('pagehide', close)
    addEventListener('pageshow', event => { if (event.persisted) open() })
    if (!document.hidden) open()
  }
}
