// Markdown: a line of marks over the text area, and the words as they will stand.
{
  const marks = [
    ['Bold', 'b', '**', '**'], ['Italic', 'i', '*', '*'], ['Link', 'k', '[', '](https://)'],
    ['Quote', '', '> ', ''], ['List', '', '- ', ''],
  ]

  const insert = (area, before, after) => {
    const { selectionStart: start, selectionEnd: end, value } = area
    const chosen = value.slice(start, end)
    const isLine = after === ''
    const text = isLine ? chosen.split('\n').map(line => before + line).join('\n') : before + chosen + after
    area.focus()
    // Through the browser's own editing, so that undo works.
    if (!document.execCommand('insertText', false, text)) area.setRangeText(text, start, end, 'end')
    if (!isLine && !chosen) area.setSelectionRange(start + before.length, start + before.length)
    area.dispatchEvent(new Event('input', { bubbles: true }))
  }

  const button = (words, act) => {
    const each = document.createElement('button')
    each.type = 'button'
    each.textContent = words
    each.onclick = act
    return each
  }

  for (const area of document.querySelectorAll('textarea[data-markdown]')) {
    const bar = document.createElement('div')
    const shown = document.createElement('div')
    bar.className = 'marks-bar'
    shown.className = 'prose written preview'
    shown.tabIndex = -1
    shown.hidden = true
    const keys = {}
    for (const [name, key, before, after] of marks) {
      bar.append(button(name, () => insert(area, before, after)))
      if (key) keys[key] = () => insert(area, before, after)
    }
    const look = button('Preview', async () => {
      const isOpen = !shown.hidden
      if (!isOpen) {
        try {
          const token = area.form?.elements.token?.value ?? ''
          const answer = await fetch('/preview', { method: 'POST', body: new URLSearchParams({ token, text: area.value }) })
          if (!answer.ok) throw answer.status
          shown.innerHTML = await answer.text()
        } catch {
          shown.textContent = 'The preview cannot be had just now. What you wrote is untouched.'
        }
      }
      shown.hidden = isOpen
      area.hidden = !isOpen
      look.textContent = isOpen ? 'Preview' : 'Write on'
      if (isOpen) area.focus()
    })
    bar.append(look)
    area.before(bar)
    area.after(shown)
    area.addEventListener('keydown', event => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || !keys[event.key]) return
      event.preventDefault()
      keys[event.key]()
    })
  }
}
