// The browser around the page, as the ports of core/base see it: addresses, files, settings, media, clock, random
// numbers, log, and numbers and dates in the person's language. Thin calls of web/browser.js, with what is asked often
// kept here. Called by: web/platform.cpp, which hands the ports out.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/page_ports.h"
#include "core/base/ports.h"

namespace outpost {

// Bytes of an ArrayBuffer that stays outside of our memory; `handle` is web/browser.js's number for it.
class BufferSource final : public ByteSource {
public:
    explicit BufferSource(int handle);
    ~BufferSource() override;
    BufferSource(const BufferSource&) = delete;
    BufferSource& operator=(const BufferSource&) = delete;
    std::uint64_t size() const override { return size_; }
    int handle() const { return handle_; }
    bool read(std::uint64_t offset, std::span<std::uint8_t> out) override;

private:
    int handle_;
    std::uint64_t size_;
};

class WebBrowser final : public Browser {
public:
    void push_route(std::string_view route) override;
    void replace_route(std::string_view route) override;
    void go_back() override;
    int history_depth() override;
    void open_address(std::string_view address) override;
    void copy_text(std::string_view text) override;
    void save_file(std::string_view name, std::string_view mime_type, std::string_view bytes) override;
    void pick_files(std::string_view accept, bool multiple, std::function<void(std::vector<PickedFile>)> done) override;
    void fetch_text(std::string_view address, std::function<void(FetchedText)> done) override;
    std::string setting(std::string_view key) override;
    void set_setting(std::string_view key, std::string_view value) override;
    void show_theme(bool dark, std::uint32_t frame_color) override;
    bool is_online() override;
    bool prefers_dark() override;
    bool prefers_reduced_motion() override;
    bool prefers_more_contrast() override;
    ForcedColors forced_colors() override;
    PageFigures figures() override { return figures_ ? figures_() : PageFigures{}; }
    // Who knows the figures: the platform.
    void on_figures(std::function<PageFigures()> answer) { figures_ = std::move(answer); }
    // After the person's colours changed.
    void forget_colors() { colors_known_ = false; }
    std::string language() override;
    void request_frame() override;
    void request_frame_after(int milliseconds) override;
    void reload() override;
    void request_persistence() override;
    NotifyPermission notify_permission() override;
    void request_notify_permission() override;
    void notify(std::string_view title, std::string_view text, std::string_view tag, std::string_view route) override;

    void files_picked(int ticket, std::vector<PickedFile> files);
    // The nearest time asked for with request_frame_after since the last call; -1: none.
    int take_wake() { return std::exchange(wake_, -1); }

private:
    std::unordered_map<int, std::function<void(std::vector<PickedFile>)>> picks_;
    std::function<PageFigures()> figures_;
    ForcedColors colors_;
    bool colors_known_ = false;
    int next_pick_ = 1;
    int wake_ = -1;
};

class WebLocale final : public Locale {
public:
    std::string format_number(Decimal value, int decimals) override;
    std::string format_money(Decimal value, std::string_view iso_code) override;
    std::string format_money_short(Decimal value, std::string_view iso_code) override;
    std::string format_date(Days day) override;
    std::string format_month(Days day) override;
    std::string format_instant(Milliseconds instant) override;
    std::string format_time(int minutes) override;
    std::string format_weekday(Days day) override;
    std::string format_day(Days day) override;
    int first_weekday() override;
    // After the language changed.
    void forget() { known_.clear(); first_weekday_ = -1; }

private:
    const std::string& cached(int kind, std::string_view number, double value, int decimals, std::string_view currency);
    std::unordered_map<std::string, std::string> known_;
    int first_weekday_ = -1;
};

class WebClock final : public Clock {
public:
    Milliseconds now() override;
    int utc_offset_minutes(Milliseconds instant) override;
    std::string zone() override;
    std::optional<int> zone_offset_minutes(std::string_view zone, Milliseconds instant) override;
    std::int64_t ticks_microseconds() override;

private:
    int offset_at(const std::string& zone, Milliseconds instant);
    std::unordered_map<std::string, std::unordered_map<std::int64_t, int>> offsets_;  // by zone ("" the person's own) and quarter hour
};

class WebRandom final : public Random {
public:
    std::uint64_t next() override;
};

class WebLog final : public Log {
public:
    void write(std::string_view line) override;
};

}  // namespace outpost
