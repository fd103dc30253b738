// The functions of the JavaScript library (web/*.js) that C++ calls. Strings are UTF-8 with a length; a `char*` that
// is returned was allocated with malloc and belongs to the caller (take_text). Called by: web/*.cpp only.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" {

// The messages' texts, fetched before the program starts (browser.js)
int outpost_js_messages_size();
void outpost_js_messages_copy(char* bytes);

// Frame loop and input (outpost_web.js)
void outpost_js_start();
int outpost_js_is_frame_held();
void outpost_js_request_frame();
void outpost_js_request_frame_soon();          // within a tenth of a second
void outpost_js_wake_after(int milliseconds);  // below 0: forget the timer
void outpost_js_first_frame();
void outpost_js_set_cursor(int cursor);
void outpost_js_claim_shortcuts(const char* lines, int length);
void outpost_js_show_failure(const char* text, int length);

// Fonts: metrics[0..1] ascent and descent, then the advance of U+0020 to U+007E.
void outpost_js_font_metrics(int weight, double pixels, float* metrics);
// Draws a text white on nothing. shape: left, top (from the baseline), width, height; returns the advance. Pixels
// (RGBA) are written only when they fit `capacity` bytes; capacity 0 only measures.
double outpost_js_draw_glyph(const char* text, int length, int weight, double pixels, int* shape, std::uint8_t* rgba,
                             int capacity);
char* outpost_js_segment(const char* text, int length);  // pieces separated by \1; pieces to shape start with \2

// Lines (text_lines.js). Where a part of a line stands when the browser lays the line out; pairs of left and right,
// `places_max` of them at most; returns how many.
int outpost_js_text_spans(const char* line, int line_length, int right_to_left, const char* before, int before_length,
                          const char* inside, int inside_length, int weight, double pixels, float* places, int places_max);

// Mirror (mirror.js)
void outpost_js_mirror(const std::int32_t* commands, int count, const char* strings, double scale);
void outpost_js_paint_mirror(int painted);  // 0: the browser need not lay its elements, which show nothing, over each picture
void outpost_js_announce(const char* text, int length);
void outpost_js_set_document(const char* title, int title_length, const char* language, int language_length);

// Storage (store.js). copies: 1 private file system, 2 IndexedDB; of an append also 4, the file is looked up by its name, and 8, it
// is waited for.
void outpost_js_store_open();
void outpost_js_store_append(double ticket, const void* bytes, double size, double last_sequence, int copies);
void outpost_js_store_mark_alone(double sequence);  // with the next append to the database
void outpost_js_store_forget_alone(double ticket);
void outpost_js_store_settle(int milliseconds);  // calls outpost_on_store_settled after that time
// Calls outpost_on_store_follow when this was not called for `pause`, or for the first time since `most`, milliseconds ago.
void outpost_js_store_follow_later(int pause, int most);
// The same as append, from a part of a buffer of the page.
void outpost_js_store_append_part(double ticket, int buffer, double begin, double end, double last_sequence, int copies);
void outpost_js_store_snapshot_begin(int copies);
void outpost_js_store_snapshot_write(const void* bytes, double size, int copies);
void outpost_js_store_snapshot_commit(double ticket, double sequence, int drop_earlier, int copies);
void outpost_js_store_erase(double ticket, double start, int copies);  // start: what comes after has higher numbers
void outpost_js_store_truncate(double size);
void outpost_js_store_rotate();
void outpost_js_store_read_database();
void outpost_js_store_history(double ticket, double first, double last, int copies);
void outpost_js_store_copy_history(double ticket, int to_copy, double first, double last);
void outpost_js_store_look(double files_newest, double database_newest);  // -1: was not open
void outpost_js_store_look_later(int milliseconds);
void outpost_js_lock_watch();
void outpost_js_lock_release();
void outpost_js_lock_take_over();

// Browser (browser.js)
int outpost_js_buffer_read(int handle, double offset, void* out, double size);
double outpost_js_buffer_size(int handle);
int outpost_js_buffer_make(double size);
void outpost_js_buffer_write(int handle, double offset, const void* bytes, double size);
void outpost_js_buffer_free(int handle);
int outpost_js_buffer_share(int handle);  // another handle of the same bytes
void outpost_js_route(const char* route, int length, int push);
char* outpost_js_current_route();
void outpost_js_go_back();
int outpost_js_history_depth();
void outpost_js_open_address(const char* address, int length);
void outpost_js_copy_text(const char* text, int length);
void outpost_js_save_file(const char* name, int name_length, const char* type, int type_length, const void* bytes,
                          double size);
void outpost_js_pick_files(const char* accept, int length, int multiple, int ticket);
void outpost_js_fetch(const char* address, int length, double bytes_max, int ticket);
char* outpost_js_setting(const char* key, int length);
void outpost_js_set_setting(const char* key, int key_length, const char* value, int value_length);
void outpost_js_forget_settings();
void outpost_js_show_theme(int dark, int frame_color);
// 0 online, 1 dark, 2 reduced motion, 3 coarse pointer, 4 forced colours, 5 more contrast
int outpost_js_media(int question);
void outpost_js_system_colors(std::uint32_t* colors);  // seven, 0xRRGGBB, in the order of ForcedColors
char* outpost_js_language();
void outpost_js_reload();
void outpost_js_hold_page(int held);  // 1: the browser asks before it leaves the page
void outpost_js_persist();
int outpost_js_notify_permission();  // 0 unsupported, 1 to be asked, 2 granted, 3 denied
void outpost_js_request_notify_permission();
// title, text, tag and route, separated by \1
void outpost_js_notify(const char* parts, int length);
void outpost_js_apply_update();
void outpost_js_log(const char* text, int length);
double outpost_js_now();
char* outpost_js_zone();
int outpost_js_utc_offset(const char* zone, int length, double instant);  // no length: the person's own; 9999 unknown
double outpost_js_random();  // 52 random bits as a whole number
// kind 0 number, 1 money, 2 short money, 3 date, 4 month, 5 instant, 6 time, 7 weekday, 8 day
char* outpost_js_format(int kind, const char* number, int number_length, double value, int decimals,
                        const char* currency, int currency_length);
int outpost_js_first_weekday();

// Scripting (scripting.js)
void outpost_js_script_install();
void outpost_js_script_ready(const char* json, int length);
void outpost_js_script_answer(int ticket, const char* json, int length, const void* bytes, double size);
void outpost_js_script_columns(int ticket, const void* columns);

}  // extern "C"

namespace outpost {

inline std::string take_text(char* text) {
    if (!text) return {};
    std::string result(text);
    std::free(text);
    return result;
}
inline int length_of(std::string_view text) { return static_cast<int>(text.size()); }

}  // namespace outpost
