import Foundation
import Testing

@testable import App

/// What mail programs add to somebody's words.
struct ReplyTextTests {
  /// The shapes are those that the programs write; the people and the words are invented.
  static let letters: [(String, String, String)] = [
    (
      "Gmail",
      "We ring none.\n\nAna\n\nOn Tue, Nov 24, 2026 at 7:12 AM League <league@league.test> wrote:\n\n> Who knows?\n>\n> --\n> Read on\n",
      "We ring none.\n\nAna"
    ),
    (
      "Gmail, broken in two",
      "We ring none.\n\nOn Tue, Nov 24, 2026 at 7:12 AM Dana Marsh via League of Innovative Schools <\nleague@league.test> wrote:\n\n> Who knows?\n",
      "We ring none."
    ),
    (
      "Apple Mail",
      "We ring none.\n\n> On Nov 24, 2026, at 7:12 AM, League <league@league.test> wrote:\n> \n> Who knows?\n\n",
      "We ring none."
    ),
    (
      "iPhone",
      "We ring none\n\nSent from my iPhone\n\n> On Nov 24, 2026, at 7:12 AM, League <league@league.test> wrote:\n> \n> ﻿Who knows?\n",
      "We ring none"
    ),
    (
      "Outlook",
      "We ring none.\n\nFrom: League <league@league.test>\nSent: Tuesday, November 24, 2026 7:12 AM\nTo: Ana Arel <ana@school.test>\nSubject: Re: Bells?\n\nWho knows?\n",
      "We ring none."
    ),
    (
      "Outlook on the web",
      "We ring none.\n\n________________________________\nFrom: League <league@league.test>\nSent: Tuesday, November 24, 2026 7:12 AM\nTo: Ana Arel <ana@school.test>\nSubject: Re: Bells?\n\nWho knows?\n",
      "We ring none."
    ),
    (
      "Outlook, old", "We ring none.\n\n-----Original Message-----\nFrom: League\nSent: today\n\nWho knows?\n",
      "We ring none."
    ),
    (
      "Outlook for iOS",
      "We ring none.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: League <league@league.test>\nSent: Tuesday\nTo: Ana\n\nWho knows?\n",
      "We ring none."
    ),
    (
      "Thunderbird, answered below",
      "On 24/11/2026 07:12, League wrote:\n> Who knows?\n> And why?\n\nWe ring none.\n\n-- \nAna Arel\nScience\n",
      "We ring none."
    ),
    (
      "answered between",
      "On 24/11/2026 07:12, League wrote:\n> Who knows?\nWe do.\n\n> And why?\nIt was too loud.\n\n> --\n> Read on\n",
      "We do.\n\n> And why?\nIt was too loud."
    ),
    (
      "answered above and between",
      "See below.\n\nOn 24/11/2026 07:12, League wrote:\n> Who knows?\nWe do.\n> And why?\nIt was too loud.\n",
      "See below.\n\nWe do.\n> And why?\nIt was too loud."
    ),
    (
      "French", "Nous aussi.\n\nLe mar. 24 nov. 2026 à 07:12, League <league@league.test> a écrit :\n\n> Who knows?\n",
      "Nous aussi."
    ),
    (
      "Spanish", "Nosotros.\n\nEl mar, 24 nov 2026 a las 7:12, League (<league@league.test>) escribió:\n\n> Who?\n",
      "Nosotros."
    ),
    (
      "Portuguese", "Nós.\n\nEm ter., 24 de nov. de 2026 às 07:12, League <league@league.test> escreveu:\n\n> Who?\n",
      "Nós."
    ),
    ("German", "Wir.\n\nAm Di., 24. Nov. 2026 um 07:12 Uhr schrieb League <league@league.test>:\n\n> Who?\n", "Wir."),
    ("a signature", "We ring none.\n-- \nAna Arel\nScience, grades 9 and 10\n", "We ring none."),
    (
      "nothing but the quotation",
      "On Tue, Nov 24, 2026 at 7:12 AM League <league@league.test> wrote:\n\n> Who knows?\n", ""
    ),
    ("nothing", " \n\n", ""),
    (
      "words that look like it",
      "On Monday Dana wrote:\n\nit works. From: here to there, we walk.\n\nSent from my classroom, with love",
      "On Monday Dana wrote:\n\nit works. From: here to there, we walk.\n\nSent from my classroom, with love"
    ),
    ("a list", "- one\n- two\n\n1. three", "- one\n- two\n\n1. three"),
    ("lines of Windows", "One\u{A0}line.\n\n\n\n\nTwo.", "One line.\n\nTwo."),
  ]

  @Test(arguments: letters.map(\.0)) func onlyTheWordsRemain(name: String) throws {
    let letter = try #require(Self.letters.first { $0.0 == name })
    #expect(ReplyText.trimmed(letter.1) == letter.2)
  }

  @Test func aHugeTextIsTrimmed() {
    let quoted = String(repeating: "> words and words and words\n", count: 9000)
    #expect(ReplyText.trimmed("Mine.\n\nOn 24/11/2026, League wrote:\n" + quoted) == "Mine.")
    let strange = String(repeating: "On 1 ", count: 50_000)
    #expect(ReplyText.trimmed(strange).hasPrefix("On 1 On 1"))
    #expect(ReplyText.trimmed(String(repeating: "On 1\n", count: 20_000)).hasPrefix("On 1"))
  }

  @Test(arguments: [
    ("<p>We ring <b>none</b>.</p><p>Ana &amp; Ben</p>", "We ring none.\n\nAna & Ben"),
    ("<div>One<br>two</div><div><br></div><div>three</div>", "One\ntwo\n\nthree"),
    ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
    (
      "a <a href=\"https://x.test/?a=1&amp;b=2\">page</a> <a href=\"javascript:alert(1)\">no</a>",
      "a [page](https://x.test/?a=1&b=2) no"
    ),
    ("<style>p{}</style><script>alert('<p>')</script><title>t</title>Words", "Words"),
    ("Mine<blockquote type=\"cite\"><div>Theirs<br>two</div></blockquote>", "Mine\n\n> Theirs\n> two"),
    ("<!-- hidden --><p title=\"a>b\">&#8220;Words&#x201D;&nbsp;&unknown;</p>", "“Words” &unknown;"),
    ("<p>unclosed <b>words", "unclosed words"), ("a < b", "a"), ("", ""), ("<", ""), ("<!--", ""),
    ("&#0;&#xD800;x", "\u{0}\u{FFFD}x"),
  ]) func htmlBecomesText(html: String, text: String) { #expect(HTMLText.plain(html) == text) }

  @Test func hugeHTMLIsReadOnce() {
    for piece in ["<a href='https://x.test'>x", "<div>", "<blockquote>", "<!--", "<p ", "&amp;", "<script>"] {
      _ = HTMLText.plain(String(repeating: piece, count: 250_000 / piece.count))
    }
  }

  @Test func brokenLinesAreJoined() {
    let text = "One line that \nwas broken.\n> A quoted \n> one.\n-- \nAna"
    #expect(ReceivedLetter.flowed(text, deletesSpaces: false) == "One line that was broken.\n> A quoted one.\n-- \nAna")
    #expect(ReceivedLetter.flowed("東 \n京", deletesSpaces: true) == "東京")
  }

  // MARK: who vouches

  private func vouches(_ headers: [String], for sender: String = "ana@school.test") throws -> Bool {
    AuthenticationResults(headers, server: "mx.league.test")?.vouches(for: try #require(EmailAddress(sender))) ?? false
  }

  @Test func whoTheMailServerVouchesFor() throws {
    #expect(try vouches(["mx.league.test; dmarc=pass (p=NONE) header.from=school.test"]))
    #expect(try vouches(["mx.league.test 1; spf=fail smtp.mailfrom=x.test; dkim=pass header.d=school.test header.s=a"]))
    #expect(try vouches(["MX.league.test; dkim=pass header.i=@mail.school.test"]))
    #expect(try vouches(["mx.league.test; spf=pass smtp.mailfrom=ana@school.test"]))
    #expect(try vouches(["mx.league.test; dkim=pass header.d=school.test"], for: "ana@staff.school.test"))
    for wrong in [
      "mx.evil.test; dmarc=pass header.from=school.test", "mx.league.test; none", "mx.league.test",
      "mx.league.test; dmarc=fail header.from=school.test; spf=pass smtp.mailfrom=school.test",
      "mx.league.test; dmarc=pass header.from=evil.test", "mx.league.test; dkim=pass header.d=evil.test",
      "mx.league.test; dkim=pass header.d=evilschool.test", "mx.league.test; dkim=pass header.d=test",
      "mx.league.test; spf=pass smtp.mailfrom=ana@evil.test", "mx.league.test; dkim=fail header.d=school.test",
      "mx.league.test; dkim=neutral (dkim=pass header.d=school.test)",
      "mx.league.test; spf=softfail smtp.mailfrom=\"x; dkim=pass header.d=school.test\"",
      "mx.league.test; spf=pass smtp.mailfrom=\"x@school.test y\"@evil.test", "", ";", "(((", "\"",
    ] { #expect(try !vouches([wrong]), "\(wrong)") }
    // What the letter brought along stands below what the server says.
    #expect(
      try !vouches([
        "mx.league.test; dmarc=fail header.from=school.test", "mx.league.test; dmarc=pass header.from=school.test",
      ]))
  }

  // MARK: reports

  @Test(arguments: [
    ("5.1.1", true), ("5.1.2", true), ("5.0.0", false), ("5.1.10", true), ("5.2.1", true), ("5.4.4", true),
    ("5.2.2", false),
    ("5.7.1", false), ("5.1.8", false), ("5.3.4", false), ("5.4.6", false), ("4.1.1", false), ("2.1.5", false),
  ]) func whatSpeaksOfTheAddress(text: String, isOfAddress: Bool) throws {
    #expect(try #require(DeliveryStatus(text)).isOfAddress == isOfAddress)
  }

  @Test func aStatusIsFoundInWords() {
    #expect(DeliveryStatus("550 5.1.1 No such mailbox")?.description == "5.1.1")
    for none in ["", "550 no", "10.0.5.1.1", "5.1", "6.1.1", "5.1.1.1"] {
      #expect(DeliveryStatus(none) == nil, "\(none)")
    }
  }

  @Test func reportsAreRead() {
    let report = DeliveryReport(
      "Reporting-MTA: dns; mx.school.test\r\n\r\nFinal-Recipient: rfc822; a@school.test\r\nAction: Failed\r\nStatus: 5.1.1 (no)\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n <a@school.test>: unknown\r\n\r\nAction: delayed\r\nStatus: 4.4.1\r\n\r\nAction: nonsense\r\n"
    )
    #expect(report.entries.map(\.action) == ["failed", "delayed"])
    #expect(report.entries.first?.words == "550 5.1.1 <a@school.test>: unknown")
    for none in ["", "\n\n\n", ":", "Action", "Status: 5.1.1", " folded: first"] {
      #expect(DeliveryReport(none).entries.isEmpty)
    }
  }
}
