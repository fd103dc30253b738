// The developer's overlay: what the last frames cost and what the page holds. Asked for only while it is shown.
#include <cstdio>

#include "ui/app_frame.h"
#include "ui/kit/internal.h"

namespace outpost {
namespace {

std::string fixed(double value, int decimals) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}
std::string megabytes(std::uint64_t bytes) { return fixed(static_cast<double>(bytes) / (1024 * 1024), 1); }

std::vector<std::string> lines_of(Context& context, const PageFigures& f) {
    Workspace& workspace = context.workspace();
    const std::uint64_t records = workspace.is_open() ? context.records().bytes() : 0;
    const auto writes = workspace.is_open() ? workspace.applied_sequence() - workspace.durable_sequence() : 0;
    const auto number = [](auto value) { return std::to_string(value); };
    return {
        context.tr("app.figures.frame", {fixed(static_cast<double>(f.frame_milliseconds), 2), fixed(static_cast<double>(f.frame_milliseconds_worst), 2)}),
        context.tr("app.figures.drawing", {number(f.draw_calls), number(f.vertices)}),
        context.tr("app.figures.glyphs", {number(f.glyphs), number(f.texture_width), number(f.texture_height)}),
        context.tr("app.figures.memory", {megabytes(f.memory_bytes), megabytes(records)}),
        context.tr("app.figures.mirror", {number(f.mirror_nodes), number(context.semantics.nodes.size())}),
        context.tr("app.figures.waiting", {number(f.events_waiting), number(writes)}),
    };
}

}  // namespace

void draw_figures(AppFrame& frame) {
    Context& context = frame.context;
    if (frame.figures.empty() || context.frame_milliseconds - frame.figures_since >= 250) {
        frame.figures = lines_of(context, context.browser().figures());
        frame.figures_since = context.frame_milliseconds;
    }
    const std::vector<std::string>& lines = frame.figures;
    const float line = context.theme.line_height(TextStyle::Caption);
    float width = 0;
    for (const std::string& words : lines) width = std::max(width, kit::text_width(context, words, TextStyle::Caption));
    kit::begin_foreground(context);
    Rect box{context.width - width - 32, 8, width + 24, line * static_cast<float>(lines.size()) + 12};
    kit::fill(context, box, Color::rgb(0x22262E).with_alpha(0.92f), 5);
    Rect rest = box.inset(Insets::xy(12, 6));
    for (const std::string& words : lines) kit::draw_text(context, rest.cut_top(line), words, TextStyle::Caption, Color::rgb(0xFFFFFF));
    kit::end_foreground(context);
}

}  // namespace outpost
