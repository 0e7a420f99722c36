import Testing

@testable import App

/// What the guard against student records refuses, and what it must let through.
struct RosterGuardTests {
  @Test(arguments: [
    "Carter, Emma\t1023456\nOuellette, Marc\t1023457\nPereira, Lia\t1023458",
    "Emma Carter 1023456 Late\nMarc Ouellette 1023457 Late\nLia Pereira 1023458 Present",
    "| Emma Carter | 9 | 12 |\n| Marc Ouellette | 9 | 4 |\n| Lia Pereira | 9 | 0 |\n| Devon Marsh | 9 | 3 |",
    "Emma Carter, 03/14/2011\nMarc Ouellette, 11/02/2010\nLia Pereira, 2011-06-30",
    "1. Emma Carter\n2. Marc Ouellette\n3. Lia Pereira\n4. Devon Marsh\n5. Ana Lopez\n6. Jo Tran\n7. Bea Cole\n8. Max Ricci",
    "We began with:\n- Carter, Emma; 9; F; 72\n- Ouellette, Marc; 9; M; 65\n- Pereira, Lia; 9; F; 81\n- Marsh, Devon; 9; M; 59",
    "Jane Smith 34521, Robert Jones 34522, Lia Pereira 34523 and Devon Marsh 34524",
    "Smith, Jane (34521); Jones, Robert (34522); Cole, Bea (34523)",
    "Jane Smith 34521, Robert Jones 34522\nLia Pereira 34523, Devon Marsh 34524",
    "Jane Smith 03/14/2011, Robert Jones 11/02/2010, Lia Pereira 06/30/2011",
    "Émilie Gagné,9,1023456\nJosé O'Brien,9,1023457\nZoë D'Angelo,9,1023458",
  ]) func aListOfStudentsIsRefused(_ text: String) {
    #expect(RosterGuard.problem(in: text) != nil)
  }

  @Test(arguments: [
    "",
    "Lateness fell from 35 in 100 to 21. The first month was worse than before: nobody had a script.",
    "| Term | Late | Students |\n|---|---|---|\n| Fall Term | 41 | 118 |\n| Winter Term | 30 | 115 |\n| Spring Term | 24 | 112 |\n| Summer School | 2 | 20 |",
    "1. Give each adviser at most **nine** students.\n2. Ask three questions.\n3. Write one line.\n4. Keep one promise.\n5. Read the lines.",
    "We thank Ruth Ouellette and Devon Marsh, who ran it, and Lia Pereira, who adapted it.",
    "- The same adult all year\n- A fixed slot in the timetable\n- Beginning with last week's line",
    "Kettle Cove Regional, 118 students\nAshuelot Valley High School, 410 students\nMad River Union, 96 students\nPoint Judith Academy, 220 students",
    "It cost $12,500 in 2024, $13,250 in 2025 and $14,000 in 2026.",
    "Monday\nTuesday\nWednesday\nThursday\nFriday\nSaturday\nSunday\nMonday",
  ]) func proseTotalsAndListsOfThingsPass(_ text: String) {
    #expect(RosterGuard.problem(in: text) == nil)
  }

  /// Of a text that is longer than any form takes, the first 2,000 lines.
  @Test func ofAVeryLongTextTheBeginningIsLookedAt() {
    let (prose, roster) = ("Emma said that it went well, and 12 of 30 agreed.\n", "Emma Carter, 03/14/2011\n")
    func problem(_ lines: Int) -> String? {
      RosterGuard.problem(in: String(repeating: prose, count: lines) + String(repeating: roster, count: 3))
    }
    #expect(problem(1997) != nil)
    #expect(problem(1998) == nil)
    #expect(problem(20_000) == nil)
  }
}
