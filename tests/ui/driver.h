// UiDriver: runs the whole page without a browser: ImGui frames over a font of boxes, a browser that only remembers,
// a workspace in memory. Widgets are found by role and name in the semantics of the last frame, as the browser tests
// and screen readers find them. Called by: tests/ui/*.cpp.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/page_ports.h"
#include "tests/support/fake_ports.h"
#include "ui/app.h"

struct ImGuiContext;
struct ImFont;

namespace outpost::testing {

class FakeBrowser : public Browser {
public:
    std::vector<std::string> routes;   // every address pushed or replaced
    std::vector<std::string> history{"#/"};
    std::size_t entry = 0;             // the present one of the history
    bool entry_moved = false;          // by back or forward: the page has still to be told
    bool slow = false, backs_late = false;  // go_back waits until it is called once more, by the test
    std::vector<std::string> opened, copied;
    std::map<std::string, std::string, std::less<>> settings;
    std::map<std::string, std::string, std::less<>> saved_files;
    std::vector<PickedFile> files_to_pick;
    bool online = true, dark = false, reduced_motion = true, reloaded = false;
    std::string browser_language = "en";

    void push_route(std::string_view route) override {
        routes.emplace_back(route);
        history.resize(++entry);
        history.emplace_back(route);
    }
    void replace_route(std::string_view route) override {
        routes.emplace_back(route);
        history[entry] = route;
    }
    void go_back() override {
        went_back = true;
        if (slow && !std::exchange(backs_late, true)) return;   // a real browser goes some frames later
        backs_late = false;
        if (entry == 0) return;
        --entry;
        entry_moved = true;
    }
    int history_depth() override { return static_cast<int>(entry); }
    void open_address(std::string_view address) override { opened.emplace_back(address); }
    void copy_text(std::string_view text) override { copied.emplace_back(text); }
    void save_file(std::string_view name, std::string_view, std::string_view bytes) override { saved_files[std::string(name)] = bytes; }
    void pick_files(std::string_view, bool, std::function<void(std::vector<PickedFile>)> done) override { done(files_to_pick); }
    void fetch_text(std::string_view address, std::function<void(FetchedText)> done) override {
        fetched.emplace_back(address);
        done(std::exchange(fetch_answer, {}));
    }
    FetchedText fetch_answer;          // of the next one
    std::vector<std::string> fetched;
    std::string setting(std::string_view key) override {
        const auto found = settings.find(key);
        return found == settings.end() ? std::string() : found->second;
    }
    void set_setting(std::string_view key, std::string_view value) override { settings[std::string(key)] = value; }
    void show_theme(bool is_dark, std::uint32_t frame_color) override { shown_dark = is_dark; shown_frame = frame_color; ++theme_calls; }
    bool is_online() override { return online; }
    bool prefers_dark() override { return dark; }
    bool prefers_reduced_motion() override { return reduced_motion; }
    std::string language() override { return browser_language; }
    void request_frame() override {}
    void request_frame_after(int) override {}
    void reload() override { reloaded = true; }
    void request_persistence() override {}
    NotifyPermission notify_permission() override { return permission; }
    void request_notify_permission() override {
        ++permission_asked;
        permission = NotifyPermission::Granted;
    }
    void notify(std::string_view title, std::string_view, std::string_view, std::string_view route) override { notified.push_back(std::string(title) + " " + std::string(route)); }
    NotifyPermission permission = NotifyPermission::Unsupported;
    int permission_asked = 0;
    std::vector<std::string> notified;
    bool went_back = false, shown_dark = false;
    std::uint32_t shown_frame = 0;
    int theme_calls = 0;
};

class FakeLocale : public Locale {
public:
    bool thousands = false;            // "1,000"
    std::string format_number(Decimal value, int) override {
        std::string words = to_text(value);
        for (std::size_t at = words.find('.') == std::string::npos ? words.size() : words.find('.'); thousands && at > 3;) words.insert(at -= 3, ",");
        return words;
    }
    std::string format_money(Decimal value, std::string_view iso_code) override { return std::string(iso_code) + " " + to_text(value); }
    std::string format_money_short(Decimal value, std::string_view iso_code) override {
        shortened.insert(to_text(value));
        return format_money(value, iso_code);
    }
    std::set<std::string> shortened;   // amounts that were asked for in their short form
    // All days are written as 2026-11-23, but for those by which the page learns in which order people here write them.
    std::string_view order = "dmy";
    std::string format_date(Days day) override {
        const CivilDate date = to_civil(day);
        std::string words;
        for (const char part : order) words += std::to_string(part == 'y' ? date.year : part == 'm' ? date.month : date.day) + ' ';
        return date.year == 2005 || date.year == 2006 ? words : days_to_text(day);
    }
    std::string format_month(Days day) override { return days_to_text(day).substr(0, 7); }
    std::string format_instant(Milliseconds instant) override { return instant_to_text(instant); }
    bool twelve_hours = false;
    std::string format_time(int minutes) override {
        if (!twelve_hours) return plain_time(minutes);
        const int hour = minutes / 60 % 12;
        return plain_time((hour == 0 ? 12 : hour) * 60 + minutes % 60) + (minutes < 720 ? "\u202FAM" : "\u202FPM");   // as Intl writes it
    }
    static std::string plain_time(int minutes) { return std::to_string(minutes / 60) + (minutes % 60 < 10 ? ":0" : ":") + std::to_string(minutes % 60); }
    std::string format_weekday(Days day) override { return std::string(&"SunMonTueWedThuFriSat"[3 * weekday(day)], 3); }
    std::string format_day(Days day) override { return format_weekday(day) + " " + days_to_text(day); }
    int first_weekday() override { return 1; }
};

class UiDriver {
public:
    // Css px; pixel_ratio scales them.
    explicit UiDriver(float width = 1280, float height = 800, float pixel_ratio = 1, bool touch = false);
    ~UiDriver();
    UiDriver(const UiDriver&) = delete;

    TestWorkspace data;
    FakeBrowser browser;
    FakeLocale locale;
    App app;

    void frame(std::vector<PageEvent> events = {});
    void settle();                                        // frames until nothing moves any more
    void force_colors() { view_.forced_colors = true; }   // as the system's high contrast does
    std::vector<std::string> said;                        // by screen readers so far
    std::set<std::uint32_t> colors_in(const SemanticsNode& node) const;   // of what was drawn within it in the last frame, as ImGui has them
    void go(std::string_view route);                      // as the address bar does
    void zoom(float pixel_ratio);                         // another display of the same size in css px
    void keyboard(float height);                          // one on the screen comes up, or goes (0)
    void back();                                          // as the browser's buttons do
    void forward();

    // A record made by command, fields as JSON members without braces; its id. And how many a query's FROM clause finds.
    std::string create(const std::string& object, const std::string& fields) {
        return data.create(R"({"command": "CreateRecord", "object": ")" + object + R"(", "fields": {)" + fields + "}}");
    }
    std::string me() { return to_text(data.workspace.records().id_of(data.workspace.current_user())); }
    std::int64_t count(const std::string& from) { return data.query("SELECT COUNT() FROM " + from).integer_or("totalSize", -1); }

    const std::vector<SemanticsNode>& nodes() const { return app.semantics().nodes; }
    // The first node of that role with that name; null when there is none.
    const SemanticsNode* find(Role role, std::string_view name) const;
    std::vector<const SemanticsNode*> find_all(Role role) const;
    bool shows(std::string_view text) const;              // any node's name or value holds it

    void pointer(float x, float y);                       // the mouse moves there, in css px
    // Each asserts that the node is there, acts, and settles.
    void click(Role role, std::string_view name);
    void click(const SemanticsNode* node);
    void double_click(const SemanticsNode* node);
    void activate(Role role, std::string_view name);      // as assistive technology presses
    void type(Role role, std::string_view name, std::string_view text);   // into a text field, whole value
    void commit();                                        // Enter in the field that has the focus
    void cancel();                                        // Escape in it
    void focus(Role role, std::string_view name);
    void press(std::string_view chord);                   // "ArrowDown", "Ctrl+K", "g"
    void tab();                                           // to the next thing that takes part in Tab order
    const SemanticsNode* focused() const;
    // Nodes that can be reached but have no name; empty when all is well.
    std::string unnamed() const;

private:
    AppView view_;
    ImGuiContext* imgui_ = nullptr;
    std::uint32_t field_ = 0;                             // has the DOM's focus
    std::string field_text_;
};

}  // namespace outpost::testing
