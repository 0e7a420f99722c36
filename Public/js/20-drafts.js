// Drafts: what is written is kept in the browser at once and on the server two seconds after typing stops.
// A draft belongs to its window. Another window's words are shown, never overwritten (the contract: DraftHook).
{
  const areas = [...document.querySelectorAll('textarea[data-draft]')]
  const prefix = 'league-draft '

  const storage = (() => { try { return localStorage } catch { return null } })()
  const read = key => { try { return JSON.parse(storage.getItem(key)) } catch { return null } }
  const clock = at => new Date(at).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' })

  // A window's name lives as long as the window; the lock says that it still does. A copied window takes a new name.
  const hold = name => new Promise(done => {
    if (!navigator.locks) return done(true)
    navigator.locks.request(prefix + name, { ifAvailable: true }, lock => {
      done(Boolean(lock))
      return lock && new Promise(() => {})
    })
  })
  const windowName = async () => {
    let name = sessionStorage.getItem('league-window')
    while (!name || !(await hold(name))) name = Math.random().toString(36).slice(2)
    sessionStorage.setItem('league-window', name)
    return name
  }
  const openWindows = async () => (await navigator.locks?.query())?.held.map(lock => lock.name.slice(prefix.length)) ?? []

  const keep = (area, me, open) => {
    const context = area.dataset.draft
    const key = [prefix + context, me].join(' ')
    const token = area.form?.elements.token?.value
    let generation = Number(area.dataset.generation ?? 0)
    let saved = area.value
    let timer, oldest = 0, isStopped = false

    const line = document.createElement('p')
    line.className = 'kept'
    line.setAttribute('role', 'status')
    area.after(line)
    const say = (words, ...ways) => {
      line.replaceChildren(words)
      for (const [name, act] of ways) {
        const button = document.createElement('button')
        button.type = 'button'
        button.className = 'plain'
        button.textContent = name
        button.onclick = () => { say(''); act(); area.focus() }
        line.append(' ', button)
      }
    }
    const put = words => {
      area.value = words
      area.dispatchEvent(new Event('input', { bubbles: true }))
    }

    const keepHere = sent => {
      try {
        if (area.value === '' && !sent) storage.removeItem(key)
        else storage.setItem(key, JSON.stringify({ text: area.value, generation, at: Date.now(), sent }))
      } catch { return false }
      return true
    }

    const keepThere = async () => {
      clearTimeout(timer)
      oldest = 0
      const text = area.value
      if (isStopped || text === saved) return
      const isKept = keepHere()
      if (!token) return isKept && say('Kept in this browser')
      try {
        const answer = await fetch('/drafts', {
          method: 'POST', keepalive: text.length < 15000, body: new URLSearchParams({ token, context, generation, text }),
        })
        if (answer.status === 409) return disagree(await answer.json())
        if (!answer.ok) throw answer.status
        generation = (await answer.json()).generation
        saved = text
        keepHere()
        say('Saved')
      } catch {
        if (isKept) say('Kept in this browser')
      }
    }

    const disagree = theirs => {
      isStopped = true
      const goOn = () => { generation = theirs.generation; isStopped = false }
      say('Another window has a different draft of this.',
        ['Keep mine', () => { goOn(); saved = theirs.text; keepThere() }],
        ['Take the other', () => { goOn(); saved = theirs.text; put(theirs.text) }])
    }

    area.addEventListener('input', () => {
      keepHere()
      oldest ||= Date.now()
      clearTimeout(timer)
      timer = setTimeout(keepThere, Math.min(2000, Math.max(0, oldest + 30000 - Date.now())))
    })
    document.addEventListener('visibilitychange', () => { if (document.hidden) keepThere() })
    addEventListener('submit', event => {
      if (event.target !== area.form || event.defaultPrevented) return
      clearTimeout(timer)
      isStopped = true
      keepHere(true)
    })
    addEventListener('pageshow', event => { if (event.persisted) isStopped = false })

    // What an earlier window left: mine, or that of a window that is gone.
    const left = Object.keys(storage ?? {})
      .filter(each => each.startsWith(prefix + context + ' '))
      .filter(each => each === key || !open.includes(each.split(' ').pop()))
      .map(each => ({ key: each, ...read(each) }))
      .sort((one, other) => other.at - one.at)
    const newest = left[0]
    const forget = () => left.forEach(each => storage.removeItem(each.key))
    if (!newest) return
    const isPosted = newest.sent && (generation > newest.generation || area.form?.querySelector('.problems'))
    if (isPosted || !newest.text || newest.text === area.value) return forget()
    const before = area.value
    const restore = () => { forget(); put(newest.text) }
    if (!newest.sent && (generation === newest.generation || before === '')) {
      restore()
      say(`Restored what you wrote at ${clock(newest.at)}.`, ['Throw it away', () => put(before)])
    } else {
      say(`Words of ${clock(newest.at)} are still kept here.`, ['Put them back', restore], ['Throw them away', forget])
    }
  }

  if (areas.length) {
    windowName().then(async me => {
      const open = await openWindows()
      for (const area of areas) keep(area, me, open)
    })
  }
}
