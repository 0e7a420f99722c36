import Markup

enum DomainRulePages {
  static func list(
    _ rules: [DomainRule], _ form: DomainRuleForm = DomainRuleForm(), providers: [Provider], problems: Problems = [:],
    _ viewer: Viewer
  ) -> Page {
    Page("Schools' sign-in services", section: .office) {
      crumbs([("Office", "/office")])
      h1 { "Schools' sign-in services" }
      lede(
        "Where a service speaks for a school's addresses, it opens their accounts without a code. Set one only when the school asked for it."
      )
      spread {
        formErrors(problems, order: ["domain", "school", "provider", "required"])
        part("Rules in force") {
          if rules.isEmpty {
            emptyState("No rule yet", "Until then everybody shows their address once, by a code.")
          }
          rows { for rule in rules { row(rule, providers, viewer) } }
        }
      } side: {
        panel("A new rule") {
          if providers.isEmpty {
            p {
              "No service is set up on this server: the setting "; code { "providers" }; " names them."
            }
          } else {
            newRule(form, providers, problems, viewer)
          }
        }
      }
    }
  }

  private static func newRule(
    _ form: DomainRuleForm, _ providers: [Provider], _ problems: Problems, _ viewer: Viewer
  ) -> HTML {
    postForm("/office/domains", viewer, class: "stack") {
      field(
        "Domain of the addresses", name: "domain", value: form.domain, problems: problems,
        hint: "Such as northfield.org.", limit: 200, autocomplete: "off")
      field(
        "School", name: "school", value: form.school, problems: problems,
        hint: "The address of its page here, or its NCES id.", limit: 200, autocomplete: "off")
      choice(
        "Service", name: "provider", options: providers.map { Option($0.id, $0.name) }, value: form.provider,
        problems: problems)
      checkbox(
        "Only this way: codes by mail open nothing for these addresses", name: "required", isOn: form.isRequired,
        problems: problems)
      submit("Set the rule")
    }
  }

  private static func row(_ rule: DomainRule, _ providers: [Provider], _ viewer: Viewer) -> HTML {
    li(.class("row")) {
      h3 { rule.domain }
      span(.class("tag")) { providers.first { $0.id == rule.provider }?.name ?? "\(rule.provider) (not set up)" }
      p {
        a(.href("/schools/\(rule.school)")) { rule.schoolName }
        rule.isRequired ? "; no other way in" : "; codes by mail work too"
      }
      buttonForm("End this rule", "/office/domains/\(rule.domain)/end", viewer)
    }
  }
}
