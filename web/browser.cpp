#include "web/browser.h"

#include <emscripten/emscripten.h>

#include <algorithm>
#include <charconv>

#include "web/page_calls.h"

namespace outpost {
namespace {

constexpr std::size_t formatted_texts_max = 50000;

}  // namespace

BufferSource::BufferSource(int handle)
    : handle_(handle), size_(static_cast<std::uint64_t>(outpost_js_buffer_size(handle))) {}
BufferSource::~BufferSource() { outpost_js_buffer_free(handle_); }

bool BufferSource::read(std::uint64_t offset, std::span<std::uint8_t> out) {
    if (offset > size_ || out.size() > size_ - offset) return false;
    return outpost_js_buffer_read(handle_, static_cast<double>(offset), out.data(), static_cast<double>(out.size()));
}

void WebBrowser::push_route(std::string_view route) { outpost_js_route(route.data(), length_of(route), 1); }
void WebBrowser::replace_route(std::string_view route) { outpost_js_route(route.data(), length_of(route), 0); }
void WebBrowser::go_back() { outpost_js_go_back(); }
int WebBrowser::history_depth() { return outpost_js_history_depth(); }
void WebBrowser::open_address(std::string_view address) { outpost_js_open_address(address.data(), length_of(address)); }
void WebBrowser::copy_text(std::string_view text) { outpost_js_copy_text(text.data(), length_of(text)); }

void WebBrowser::save_file(std::string_view name, std::string_view mime_type, std::string_view bytes) {
    outpost_js_save_file(name.data(), length_of(name), mime_type.data(), length_of(mime_type), bytes.data(),
                         static_cast<double>(bytes.size()));
}

void WebBrowser::pick_files(std::string_view accept, bool multiple,
                            std::function<void(std::vector<PickedFile>)> done) {
    const int ticket = next_pick_++;
    picks_[ticket] = std::move(done);
    outpost_js_pick_files(accept.data(), length_of(accept), multiple, ticket);
}

void WebBrowser::files_picked(int ticket, std::vector<PickedFile> files) {
    const auto pick = picks_.find(ticket);
    if (pick == picks_.end()) return;
    const auto done = std::move(pick->second);
    picks_.erase(pick);
    if (done) done(std::move(files));
}

// What is fetched arrives as a picked file does, named by what came of it.
void WebBrowser::fetch_text(std::string_view address, std::function<void(FetchedText)> done) {
    const int ticket = next_pick_++;
    picks_[ticket] = [done = std::move(done)](std::vector<PickedFile> files) {
        FetchedText fetched;
        if (!files.empty()) {
            const std::string& name = files[0].name;
            const auto [end, wrong] = std::from_chars(name.data(), name.data() + name.size(), fetched.status);
            if (name == "refused") fetched.outcome = FetchOutcome::Refused;
            else if (name == "large") fetched.outcome = FetchOutcome::TooLarge;
            else if (wrong == std::errc()) fetched.outcome = FetchOutcome::Answered;
            fetched.bytes = std::move(files[0].bytes);
        }
        done(std::move(fetched));
    };
    outpost_js_fetch(address.data(), length_of(address), fetched_bytes_max, ticket);
}

std::string WebBrowser::setting(std::string_view key) { return take_text(outpost_js_setting(key.data(), length_of(key))); }
void WebBrowser::set_setting(std::string_view key, std::string_view value) {
    outpost_js_set_setting(key.data(), length_of(key), value.data(), length_of(value));
}
void WebBrowser::show_theme(bool dark, std::uint32_t frame_color) { outpost_js_show_theme(dark, static_cast<int>(frame_color)); }
bool WebBrowser::is_online() { return outpost_js_media(0) != 0; }
bool WebBrowser::prefers_dark() { return outpost_js_media(1) != 0; }
bool WebBrowser::prefers_reduced_motion() { return outpost_js_media(2) != 0; }
bool WebBrowser::prefers_more_contrast() { return outpost_js_media(5) != 0; }
ForcedColors WebBrowser::forced_colors() {
    if (colors_known_) return colors_;
    std::uint32_t read[7];
    outpost_js_system_colors(read);
    colors_ = {read[0], read[1], read[2], read[3], read[4], read[5], read[6]};
    colors_known_ = true;
    return colors_;
}
std::string WebBrowser::language() { return take_text(outpost_js_language()); }
void WebBrowser::request_frame() { outpost_js_request_frame(); }
void WebBrowser::request_frame_after(int milliseconds) {
    wake_ = wake_ < 0 ? milliseconds : std::min(wake_, milliseconds);
    outpost_js_wake_after(wake_);
}
void WebBrowser::reload() { outpost_js_reload(); }
void WebBrowser::request_persistence() { outpost_js_persist(); }
NotifyPermission WebBrowser::notify_permission() { return static_cast<NotifyPermission>(outpost_js_notify_permission()); }
void WebBrowser::request_notify_permission() { outpost_js_request_notify_permission(); }
void WebBrowser::notify(std::string_view title, std::string_view text, std::string_view tag, std::string_view route) {
    std::string parts(title);
    for (const std::string_view part : {text, tag, route}) (parts += '\1') += part;
    outpost_js_notify(parts.data(), length_of(parts));
}

const std::string& WebLocale::cached(int kind, std::string_view number, double value, int decimals,
                                     std::string_view currency) {
    std::string key(1, static_cast<char>('0' + kind));
    key += static_cast<char>('0' + decimals + 2);
    key += currency;
    key += ':';
    if (number.empty()) key += std::to_string(static_cast<long long>(value));
    else key += number;
    if (known_.size() >= formatted_texts_max) known_.clear();
    const auto [place, fresh] = known_.try_emplace(std::move(key));
    if (fresh)
        place->second = take_text(outpost_js_format(kind, number.data(), length_of(number), value, decimals,
                                                    currency.data(), length_of(currency)));
    return place->second;
}

std::string WebLocale::format_number(Decimal value, int decimals) { return cached(0, to_text(value), 0, decimals, {}); }
std::string WebLocale::format_money(Decimal value, std::string_view iso_code) {
    return cached(1, to_text(value), 0, 0, iso_code);
}
std::string WebLocale::format_money_short(Decimal value, std::string_view iso_code) {
    return cached(2, to_text(value), 0, 0, iso_code);
}
std::string WebLocale::format_date(Days day) {
    return cached(3, {}, static_cast<double>(day) * milliseconds_per_day, 0, {});
}
std::string WebLocale::format_month(Days day) {
    return cached(4, {}, static_cast<double>(day) * milliseconds_per_day, 0, {});
}
std::string WebLocale::format_instant(Milliseconds instant) {
    // Shown to the minute: one answer a minute is enough.
    return cached(5, {}, static_cast<double>(instant - instant % 60000), 0, {});
}
std::string WebLocale::format_time(int minutes) { return cached(6, {}, minutes * 60'000.0, 0, {}); }
std::string WebLocale::format_weekday(Days day) {
    return cached(7, {}, static_cast<double>(weekday(day) + 3) * milliseconds_per_day, 0, {});   // January 4th of 1970 was a Sunday
}
std::string WebLocale::format_day(Days day) {
    return cached(8, {}, static_cast<double>(day) * milliseconds_per_day, 0, {});
}
int WebLocale::first_weekday() {
    if (first_weekday_ < 0) first_weekday_ = outpost_js_first_weekday();
    return first_weekday_;
}

Milliseconds WebClock::now() { return static_cast<Milliseconds>(outpost_js_now()); }

std::string WebClock::zone() { return take_text(outpost_js_zone()); }

int WebClock::utc_offset_minutes(Milliseconds instant) { return offset_at({}, instant); }

std::optional<int> WebClock::zone_offset_minutes(std::string_view zone, Milliseconds instant) {
    const int minutes = offset_at(std::string(zone), instant);
    return std::abs(minutes) > 24 * 60 ? std::nullopt : std::optional(minutes);
}

int WebClock::offset_at(const std::string& zone, Milliseconds instant) {
    // Zones change on the quarter hour at the finest.
    constexpr Milliseconds quarter = 15 * 60 * 1000;
    const std::int64_t slot = instant >= 0 ? instant / quarter : (instant - quarter + 1) / quarter;
    std::unordered_map<std::int64_t, int>& offsets = offsets_[zone];
    if (offsets.size() > 100000) offsets.clear();
    const auto [place, fresh] = offsets.try_emplace(slot, 0);
    if (fresh) place->second = outpost_js_utc_offset(zone.data(), static_cast<int>(zone.size()), static_cast<double>(slot * quarter));
    return place->second;
}

std::int64_t WebClock::ticks_microseconds() { return static_cast<std::int64_t>(emscripten_get_now() * 1000); }

std::uint64_t WebRandom::next() {
    const auto high = static_cast<std::uint64_t>(outpost_js_random());
    const auto low = static_cast<std::uint64_t>(outpost_js_random());
    return high << 32 ^ low;
}

void WebLog::write(std::string_view line) { outpost_js_log(line.data(), length_of(line)); }

}  // namespace outpost
