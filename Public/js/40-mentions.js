// Mentions: @ and the first letters of a name offer the people who bear it.
{
  const pattern = /(?:^|[\s(])@([\p{L}\p{N}_.-]{1,30})$/u

  for (const [index, area] of document.querySelectorAll('textarea[data-markdown="calls"]').entries()) {
    const list = document.createElement('ul')
    list.id = `mentions-${index}`
    list.className = 'mentions'
    list.setAttribute('role', 'listbox')
    list.setAttribute('aria-label', 'People')
    list.hidden = true
    area.after(list)
    area.setAttribute('aria-autocomplete', 'list')
    area.setAttribute('aria-controls', list.id)
    let chosen = -1, asked = 0, timer

    const started = () => area.value.slice(0, area.selectionStart).match(pattern)?.[1]
    const close = () => {
      list.hidden = true
      chosen = -1
      area.removeAttribute('aria-activedescendant')
    }
    const choose = at => {
      chosen = (at + list.children.length) % list.children.length
      for (const [n, each] of [...list.children].entries()) each.setAttribute('aria-selected', n === chosen)
      area.setAttribute('aria-activedescendant', list.children[chosen].id)
    }
    const take = handle => {
      const end = area.selectionStart
      area.setRangeText(`@${handle} `, end - started().length - 1, end, 'end')
      close()
      area.dispatchEvent(new Event('input', { bubbles: true }))
    }
    const offer = people => {
      list.replaceChildren(...people.slice(0, 6).map(({ handle, name, school }, n) => {
        const each = document.createElement('li')
        each.id = `${list.id}-${n}`
        each.setAttribute('role', 'option')
        each.append(name)
        const place = document.createElement('span')
        place.className = 'quiet'
        place.textContent = school ?? ''
        each.append(' ', place)
        each.dataset.handle = handle
        // Before the click, so that the text area keeps the focus.
        each.onmousedown = event => { event.preventDefault(); take(handle) }
        return each
      }))
      list.hidden = people.length === 0
      if (people.length) choose(0)
    }

    area.addEventListener('input', () => {
      clearTimeout(timer)
      const letters = started()
      if (!letters) return close()
      timer = setTimeout(async () => {
        const mine = ++asked
        try {
          const answer = await fetch(`/people/mentions?q=${encodeURIComponent(letters)}`)
          if (answer.ok && mine === asked && started()) offer(await answer.json())
        } catch { close() }
      }, 120)
    })
    area.addEventListener('keydown', event => {
      if (list.hidden) return
      const act = {
        ArrowDown: () => choose(chosen + 1), ArrowUp: () => choose(chosen - 1), Escape: close,
        Enter: () => take(list.children[chosen].dataset.handle), Tab: () => take(list.children[chosen].dataset.handle),
      }[event.key]
      if (!act || event.ctrlKey || event.metaKey || event.isComposing) return
      event.preventDefault()
      event.stopPropagation()
      act()
    })
    area.addEventListener('blur', close)
  }
}
