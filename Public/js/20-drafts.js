// Drafts: what is written is kept in the browser at once and on the server two seconds after typing stops.
// A draft belongs to its window. Another window's words are shown, never overwritten (the contract: DraftHook).
{
  const drafted = [...document.querySelectorAll('textarea[data-draft], form[data-draft]')]
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

  // One text area: its words are the draft.
  const wordsOf = area => ({
    form: area.form,
    read: () => area.value,
    put: words => {
      area.value = words
      area.dispatchEvent(new Event('input', { bubbles: true }))
    },
    show: line => area.after(line),
    focus: () => area.focus(),
  })

  // A long form: its fields are the draft, as pairs of name and value (the contract: FormDraft). Hidden ones go along, so
  // that the server knows what the words were written on, but are never put back here.
  const fieldsOf = form => ({
    form,
    read: () => JSON.stringify([...new FormData(form)].filter(([name, value]) =>
      !['token', 'draft', 'submission'].includes(name) && typeof value === 'string')),
    put: words => {
      const pairs = JSON.parse(words)
      for (const each of form.elements) {
        if (!each.name || !each.matches('input:not([type=hidden], [type=file]), textarea, select')) continue
        const values = pairs.filter(([name]) => name === each.name).map(([, value]) => value)
        if (each.type === 'checkbox' || each.type === 'radio') each.checked = values.includes(each.value)
        else each.value = values[0] ?? ''
        each.dispatchEvent(new Event('input', { bubbles: true }))
      }
      for (const each of form.querySelectorAll('details:has(:checked)')) each.open = true
    },
    show: line => form.append(line),
    focus: () => form.querySelector('textarea, input:not([type=hidden])')?.focus(),
  })

  const keep = (element, me, open) => {
    const { form, read: words, put, show, focus } = element.localName === 'form' ? fieldsOf(element) : wordsOf(element)
    const context = element.dataset.draft
    const key = [prefix + context, me].join(' ')
    const token = form?.elements.token?.value
    // What stands there while nothing is written; nothing does where the server has put a kept form back.
    const blank = element.localName !== 'form' ? '' : 'kept' in element.dataset ? null : words()
    let generation = Number(element.dataset.generation ?? 0)
    let saved = words()
    let timer, oldest = 0, isStopped = false

    const line = document.createElement('p')
    line.className = 'kept'
    line.setAttribute('role', 'status')
    show(line)
    const say = (words, ...ways) => {
      line.replaceChildren(words)
      for (const [name, act] of ways) {
        const button = document.createElement('button')
        button.type = 'button'
        button.className = 'plain'
        button.textContent = name
        button.onclick = () => { say(''); act(); focus() }
        line.append(' ', button)
      }
    }

    const keepHere = sent => {
      const text = words()
      try {
        if (text === blank && !sent) storage.removeItem(key)
        else storage.setItem(key, JSON.stringify({ text, generation, at: Date.now(), sent }))
      } catch { return false }
      return true
    }

    const keepThere = async () => {
      clearTimeout(timer)
      oldest = 0
      const text = words()
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

    element.addEventListener('input', () => {
      keepHere()
      oldest ||= Date.now()
      clearTimeout(timer)
      timer = setTimeout(keepThere, Math.min(2000, Math.max(0, oldest + 30000 - Date.now())))
    })
    document.addEventListener('visibilitychange', () => { if (document.hidden) keepThere() })
    addEventListener('submit', event => {
      if (event.target !== form || event.defaultPrevented) return
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
    const isPosted = newest.sent && (generation > newest.generation || document.querySelector('.problems'))
    const before = words()
    if (isPosted || !newest.text || [before, blank].includes(newest.text)) return forget()
    const restore = () => { forget(); put(newest.text) }
    if (!newest.sent && (generation === newest.generation || before === blank)) {
      restore()
      say(`Restored what you wrote at ${clock(newest.at)}.`, ['Throw it away', () => put(before)])
    } else {
      say(`Words of ${clock(newest.at)} are still kept here.`, ['Put them back', restore], ['Throw them away', forget])
    }
  }

  if (drafted.length) {
    windowName().then(async me => {
      const open = await openWindows()
      for (const each of drafted) keep(each, me, open)
    })
  }
}
