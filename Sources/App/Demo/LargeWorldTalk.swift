import Storage

/// Invented discussions: ten of 5,000 posts, the others between one post and 21, a quarter of them about an idea.
struct LargeWorldTalk {
  let size: LargeWorldSize
  let people: LargeWorldPeople
  let now: Instant

  /// How many posts each discussion has, by its number; the sum is what was asked for.
  let lengths: [Int]

  init(size: LargeWorldSize, people: LargeWorldPeople, now: Instant) {
    self.size = size
    self.people = people
    self.now = now
    var lengths = Array(repeating: min(5_000, size.posts / 2), count: max(1, min(10, size.posts / 100_000)))
    var left = size.posts - lengths.reduce(0, +)
    let usual = [3, 9, 1, 14, 6, 2, 21, 8]
    while left > 0 {
      lengths.append(min(left, usual[lengths.count % usual.count]))
      left -= lengths.last ?? left
    }
    self.lengths = lengths
  }

  static func id(_ number: Int) -> Discussion.ID { Discussion.ID("discussion-\(padded(number, 7))") }

  static func post(_ discussion: Int, _ number: Int) -> Post.ID {
    Post.ID("post-\(padded(discussion, 7))-\(padded(number, 4))")
  }

  func add(_ wanted: Range<Int>, to db: any Transaction) throws {
    try db.insertMany(into: "discussion", columns: Self.discussionColumns, rows: wanted.lazy.map(discussion))
    let posts = wanted.lazy.flatMap { discussion in (1...lengths[discussion]).lazy.map { post(discussion, $0) } }
    try db.insertMany(into: "post", columns: Self.postColumns, rows: posts)
    let readers = wanted.lazy.map { number -> [(any SQLBindable)?] in
      [LargeWorldPeople.id(author(number, 1)), Self.id(number), "watching", lengths[number], true]
    }
    try db.insertMany(
      into: "discussion_reader", columns: ["person_id", "discussion_id", "level", "read_number", "takes_part"],
      rows: readers)
  }

  private static let discussionColumns = [
    "id", "title", "about_kind", "about_id", "about_title", "starter_id", "submission", "created_at", "asks", "is_open",
    "post_count", "reply_count", "last_post_at", "last_by", "excerpt",
  ]

  private func discussion(_ number: Int) -> [(any SQLBindable)?] {
    var numbers = LargeWorldNumbers(.thread, number)
    let length = lengths[number]
    let (asks, isAboutIdea) = (numbers.isOne(in: 2), numbers.isOne(in: 4))
    let idea = numbers.whole(0...max(0, size.ideas - 1))
    return [
      Self.id(number), LargeWorldWords.question(&numbers), isAboutIdea ? "idea" : "",
      isAboutIdea ? LargeWorldIdeas.id(idea).description : "", isAboutIdea ? LargeWorldIdeas.title(idea) : "",
      LargeWorldPeople.id(author(number, 1)), "discussion-\(number)", moment(number, 1), asks, asks, length, length - 1,
      moment(number, length), LargeWorldPeople.id(author(number, length)), Extract.plain(text(number, 1)),
    ]
  }

  private static let postColumns = [
    "id", "discussion_id", "number", "author_id", "text", "html", "created_at", "submission",
  ]

  private func post(_ discussion: Int, _ number: Int) -> [(any SQLBindable)?] {
    let (id, text) = (Self.post(discussion, number), text(discussion, number))
    return [
      id, Self.id(discussion), number, LargeWorldPeople.id(author(discussion, number)), text,
      renderedMarkdown(text),
      moment(discussion, number), id.description,
    ]
  }

  private func author(_ discussion: Int, _ number: Int) -> Int {
    var numbers = LargeWorldNumbers(.post, discussion * 8_192 + number)
    return people.member(numbers.whole(0...max(0, size.people - 1)))
  }

  private func text(_ discussion: Int, _ number: Int) -> String {
    var numbers = LargeWorldNumbers(.post, discussion * 8_192 + number + 4_096 * 1_000_003)
    return LargeWorldWords.paragraphs(numbers.whole(1...3), &numbers)
  }

  /// Discussions begin one after the other over 700 days; the posts of each follow within three weeks.
  private func moment(_ discussion: Int, _ number: Int) -> Instant {
    let begun = now - .days(725) + .minutes(700 * 1_440 * discussion / max(1, lengths.count))
    return begun + .seconds(21 * 86_400 * (number - 1) / max(1, lengths[discussion]))
  }
}
