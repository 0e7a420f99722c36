import Hummingbird
import Markup
import SignIn
import Statistics
import Storage
