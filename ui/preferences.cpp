#include "ui/preferences.h"

namespace outpost {

ThemeChoice theme_preference(Browser& browser) {
    const std::string value = browser.setting("theme");
    return value == "light" ? ThemeChoice::Light : value == "dark" ? ThemeChoice::Dark : ThemeChoice::System;
}

void set_theme_preference(Browser& browser, ThemeChoice choice) {
    browser.set_setting("theme", choice == ThemeChoice::Light ? "light" : choice == ThemeChoice::Dark ? "dark" : "");
}

Density density_preference(Browser& browser) {
    return browser.setting("density") == "compact" ? Density::Compact : Density::Comfortable;
}

void set_density_preference(Browser& browser, Density density) {
    browser.set_setting("density", density == Density::Compact ? "compact" : "");
}

std::string language_setting(Browser& browser) { return browser.setting("language"); }

Language language_preference(Browser& browser) {
    const std::string chosen = language_setting(browser);
    return language_of_tag(chosen.empty() ? browser.language() : chosen);
}

void set_language_setting(Browser& browser, std::string_view tag) { browser.set_setting("language", tag); }

std::string notify_setting(Browser& browser) { return browser.setting("reminders.notify"); }
void set_notify_setting(Browser& browser, std::string_view state) { browser.set_setting("reminders.notify", state); }

bool is_page_kept(Browser& browser) { return browser.setting("not_offline").empty(); }

}  // namespace outpost
