// Preferences of this device (not of the database): theme, density, language. Kept as small browser settings; read each
// frame by App, changed by the settings page and the command palette. Called by: ui.
#pragma once

#include "core/base/messages.h"
#include "core/base/page_ports.h"
#include "ui/theme.h"

namespace outpost {

ThemeChoice theme_preference(Browser& browser);
void set_theme_preference(Browser& browser, ThemeChoice choice);
Density density_preference(Browser& browser);
void set_density_preference(Browser& browser, Density density);
// The chosen language, else the browser's.
Language language_preference(Browser& browser);
// "" follows the browser; "en", "zh-CN".
std::string language_setting(Browser& browser);
void set_language_setting(Browser& browser, std::string_view tag);
// Notifications of reminders: "on", "off", "" not yet said.
std::string notify_setting(Browser& browser);
void set_notify_setting(Browser& browser, std::string_view state);
// Whether the page itself opens without a network; as far as is known (shell/web/boot.js).
bool is_page_kept(Browser& browser);

}  // namespace outpost
