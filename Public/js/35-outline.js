// Outlines: Tab moves the chosen lines in, Shift and Tab out, two spaces a level, once somebody writes or moves in the
// field. Who only comes by goes on with Tab, and Escape gives it back, so that nobody is held (WCAG 2.2, 2.1.2).
{
  const deepest = 4

  const moved = (line, by) => {
    const depth = line.length - line.trimStart().length
    const wanted = Math.min(deepest, Math.max(0, depth - depth % 2 + by))
    return ' '.repeat(wanted) + line.trimStart()
  }

  for (const area of document.querySelectorAll('textarea[data-outline]')) {
    const names = area.dataset.outline.split('|')
    const keys = document.createElement('p')
    keys.className = 'hint'
    keys.id = `${area.id}-keys`
    keys.textContent = 'Tab moves a line in, Shift and Tab out. Escape, then Tab leaves the field.'
    const said = document.createElement('p')
    said.className = 'unseen'
    said.setAttribute('role', 'status')
    area.before(keys)
    area.after(said)
    area.setAttribute('aria-describedby', `${area.getAttribute('aria-describedby') ?? ''} ${keys.id}`.trim())

    let isHeld = false
    area.addEventListener('focus', () => { isHeld = false })
    area.addEventListener('pointerup', () => { isHeld = true })
    area.addEventListener('keydown', event => {
      if (event.key === 'Escape') isHeld = false
      else if (!['Tab', 'Shift'].includes(event.key)) isHeld = true
      if (event.key !== 'Tab' || !isHeld || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      const { value, selectionStart: start, selectionEnd: end } = area
      const from = value.lastIndexOf('\n', start - 1) + 1
      // A choice that ends at the beginning of a line does not mean that line.
      const last = end > start && value[end - 1] === '\n' ? end - 1 : end
      const to = value.indexOf('\n', last) < 0 ? value.length : value.indexOf('\n', last)
      const lines = value.slice(from, to).split('\n').map(line => moved(line, event.shiftKey ? -2 : 2))
      const text = lines.join('\n')
      if (text !== value.slice(from, to)) {
        area.setSelectionRange(from, to)
        // Through the browser's own editing, so that undo works.
        if (!document.execCommand('insertText', false, text)) area.setRangeText(text, from, to, 'end')
        const step = text.length - (to - from)
        if (start === end) area.setSelectionRange(Math.max(from, start + step), Math.max(from, start + step))
        else area.setSelectionRange(from, from + text.length)
      }
      const depth = lines[0].length - lines[0].trimStart().length
      said.textContent = lines.length > 1 ? `${lines.length} lines moved` : `Now a ${names[depth / 2]}`
    })
  }
}
