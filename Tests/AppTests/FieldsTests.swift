import Testing

@testable import App

struct FieldsTests {
  @Test func readsWhatABrowserSends() throws {
    let fields = try #require(Fields(urlEncoded: "title=Read+aloud%21&topic=a&topic=b&empty=&r%C3%A9sum%C3%A9=1"))
    #expect(fields["title"] == "Read aloud!")
    #expect(fields.all("topic") == ["a", "b"])
    #expect(fields["empty"].isEmpty)
    #expect(fields["résumé"] == "1")
    #expect(fields["absent"].isEmpty)
  }

  @Test func textArrivesTidy() {
    #expect(Fields(urlEncoded: "a=%20%0D%0Aone%0D%0Atwo%0Dthree%00%20%0A")?["a"] == "one\ntwo\nthree")
  }

  /// Control characters, and marks that would turn the words beside them around; the mark that Hebrew and Arabic need stays.
  @Test func whatNobodyTypesIsGone() {
    let typed = "one\u{8}\u{1B}[2J\u{7F}two\u{202E}eerht\u{2066}\u{200F}four\u{202A}\u{2069}\u{80}"
    #expect(Fields(["a": typed])["a"] == "one[2Jtwoeerht\u{200F}four\u{80}")
  }

  @Test(arguments: ["%", "%zz=1", "a=%f", "&&==&", "=", "a=%ff%fe"]) func brokenEscapesDoNoHarm(text: String) {
    let fields = Fields(urlEncoded: text)
    #expect(fields != nil)
    #expect(fields?.encoded.contains("<") == false)
  }

  @Test func aFormBombIsRefused() {
    #expect(Fields(urlEncoded: String(repeating: "a=1&", count: 2001)) == nil)
  }

  @Test(arguments: 0..<50) func whatIsEncodedReadsBackTheSame(seed: Int) {
    var random = Seeded(seed)
    let alphabet = Array("ab<>&=%+\"' é日\n?/#")
    var fields = Fields()
    for number in 0..<6 {
      fields.add(
        "n\(number)",
        "x" + String((0..<12).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }) + "x")
    }
    #expect(Fields(urlEncoded: fields.encoded) == fields, "seed \(seed)")
  }

  @Test func aFileOfAFormIsRead() throws {
    let body = """
      --AaB03x\r
      Content-Disposition: form-data; name="token"\r
      \r
      abc\r
      --AaB03x\r
      Content-Disposition: form-data; name="people"; filename="people.csv"\r
      Content-Type: text/csv\r
      \r
      email,name\r
      a@b.org,Ann\r
      --AaB03x--\r

      """
    let fields = try #require(Multipart.fields(Array(body.utf8), type: "multipart/form-data; boundary=AaB03x"))
    #expect(fields["token"] == "abc")
    #expect(fields["people"] == "email,name\na@b.org,Ann")
    #expect(fields["people.name"] == "people.csv")
  }

  @Test(arguments: [
    "", "--", "--x", "--x\r\n", "--x\r\n\r\n", "--x\r\nContent-Disposition: form-data\r\n\r\n--x--", "--x--",
  ])
  func aBrokenMultipartBodyIsRefused(body: String) {
    #expect(Multipart.fields(Array(body.utf8), type: "multipart/form-data; boundary=x")?.isEmpty ?? true)
  }
}
