import Hummingbird
import Logging
import SignIn
import Storage

/// The whole web site: every feature's routes behind one gate.
package struct Site: Sendable {
  package let database: any Database
  package let settings: Settings
  package let files: StaticFiles
  /// What everybody may read about the League.
  package let texts: PublicTexts
  /// What ideas are about.
  package let taxonomy: Taxonomy
  package let log: Logger
  /// Seals the keys of authenticator apps; nil for a server without a secret.
  let seal: KeySeal?
  package let now: @Sendable () -> Instant
  /// Ids that sort in order of time.
  package let newID: @Sendable () -> String
  /// Secrets of 256 bits, as text for cookies and links.
  package let newSecret: @Sendable () -> String
  /// Six characters that a person can read out on the phone.
  package let newCode: @Sendable () -> String
  package let limiter = RateLimiter()
  /// What this process has done, for /metrics.
  let meters: Meters
  let readiness = ReadinessMemory()
  let cache = PageCache()
  let evidence = EvidenceMemory()
  /// Who is told of news while they read.
  let streams = EventStreams()
  /// Services at which people have an account already.
  let providers: ProviderClient
  /// What signed-in readers share of pages.
  var shared: SharedValues { cache.parts }

  package init(
    database: any Database, settings: Settings, files: StaticFiles, texts: PublicTexts,
    taxonomy: Taxonomy = Taxonomy(), log: Logger, seal: KeySeal? = nil,
    meters: Meters = Meters(),
    now: @escaping @Sendable () -> Instant = Instant.system,
    newID: (@Sendable () -> String)? = nil,
    newSecret: @escaping @Sendable () -> String = Secrets.token,
    newCode: @escaping @Sendable () -> String = Secrets.code,
    fetch: @escaping @Sendable (WebRequest) async throws -> WebAnswer = WebRequest.send
  ) {
    self.database = database
    self.settings = settings
    self.files = files
    self.texts = texts
    self.taxonomy = taxonomy
    self.log = log
    self.meters = meters
    self.seal = seal
    self.now = now
    self.newID = newID ?? { Secrets.id(at: now()) }
    self.newSecret = newSecret
    self.newCode = newCode
    providers = ProviderClient(fetch: fetch)
  }

  package var assets: Assets { files.assets }

  package func router() -> Router<Visit> { table().router }

  /// Every route of the site; a feature adds its own.
  package func table() -> RouteTable {
    let router = Router(context: Visit.self, options: [.autoGenerateHeadEndpoints])
    router.add(middleware: Gate(site: self))
    var routes = RouteTable(
      router: router, assets: assets, cache: cache, sessionCookie: settings.sessionCookie, recordActing: recordActing)
    FileRoutes(site: self).add(to: &routes)
    OperationsRoutes(site: self).add(to: &routes)
    FrontRoutes(site: self).add(to: &routes)
    PublicTextRoutes(site: self).add(to: &routes)
    TodayRoutes(site: self).add(to: &routes)
    DemoRoutes(site: self).add(to: &routes)
    KeyboardRoutes().add(to: &routes)
    ThemeRoutes(site: self).add(to: &routes)
    GalleryRoutes(site: self).add(to: &routes)
    KeptFormRoutes(site: self).add(to: &routes)
    SignInRoutes(site: self).add(to: &routes)
    ProviderRoutes(site: self).add(to: &routes)
    DomainRuleRoutes(site: self).add(to: &routes)
    FirstOfficeRoutes(site: self).add(to: &routes)
    SecondFactorRoutes(site: self).add(to: &routes)
    FreshProof(site: self).add(to: &routes)
    SessionRoutes(site: self).add(to: &routes)
    MailRoutes(site: self).add(to: &routes)
    JoinRoutes(site: self).add(to: &routes)
    SignatureRoutes(site: self).add(to: &routes)
    MembershipRoutes(site: self).add(to: &routes)
    RosterRoutes(site: self).add(to: &routes)
    RosterImportRoutes(site: self).add(to: &routes)
    AskRoutes(site: self).add(to: &routes)
    PeopleRoutes(site: self).add(to: &routes)
    AccountRoutes(site: self).add(to: &routes)
    AccountCareRoutes(site: self).add(to: &routes)
    PersonDataRoutes(site: self).add(to: &routes)
    AuditRoutes(site: self).add(to: &routes)
    OfficeRoutes(site: self).add(to: &routes)
    PersonMergerRoutes(site: self).add(to: &routes)
    IdeaRoutes(site: self).add(to: &routes)
    IdeaFormRoutes(site: self).add(to: &routes)
    IdeaOwnerRoutes(site: self).add(to: &routes)
    TrialRoutes(site: self).add(to: &routes)
    ProjectRoutes(site: self).add(to: &routes)
    TeamRoutes(site: self).add(to: &routes)
    CycleRoutes(site: self).add(to: &routes)
    ProjectTrialRoutes(site: self).add(to: &routes)
    MeasureRoutes(site: self).add(to: &routes)
    ConcernRoutes(site: self).add(to: &routes)
    MeasureValueRoutes(site: self).add(to: &routes)
    ValueChangeRoutes(site: self).add(to: &routes)
    MeasureChangeRoutes(site: self).add(to: &routes)
    SchoolRoutes(site: self).add(to: &routes)
    SchoolOfficeRoutes(site: self).add(to: &routes)
    DiscussionRoutes(site: self).add(to: &routes)
    TitleRoutes(site: self).add(to: &routes)
    FollowingRoutes(site: self).add(to: &routes)
    PostRoutes(site: self).add(to: &routes)
    LiveRoutes(site: self).add(to: &routes)
    DraftRoutes(site: self).add(to: &routes)
    NoticeRoutes(site: self).add(to: &routes)
    LetterStopRoutes(site: self).add(to: &routes)
    SearchRoutes(site: self).add(to: &routes)
    return routes
  }
}
