import Markup

/// The words of a post as they stand on a page. They were rendered by `Mentions.rendered`, out of Markdown's safe mode.
enum PostBody {
  static func html(_ post: Post) -> HTML { HTML(trusted: post.html) }

  static func preview(_ text: String, _ mentions: Mentions) -> HTML { HTML(trusted: mentions.rendered(text)) }
}
