"""Documents of many kinds, each line with its zone (the notation is that of layout_pages)."""

from __future__ import annotations

CONG_VAN = """
issuer | UBND TỈNH GIA LAI
issuer | SỞ THÔNG TIN VÀ TRUYỀN THÔNG
number | Số: 359/STTTT-BCVT
subject | V/v tăng cường công tác đảm bảo
subject | an toàn cơ sở hạ tầng thông tin
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Gia Lai, ngày 23 tháng 3 năm 2020

addressees | Kính gửi:
addressees | - Các sở, ban, ngành cấp tỉnh;
addressees | - Ủy ban nhân dân các huyện, thị xã, thành phố.

body | Thực hiện ý kiến chỉ đạo của Chủ tịch Ủy ban nhân dân tỉnh Gia Lai tại
body | Chỉ thị số 03/CT-UBND, Sở đề nghị các đơn vị thực hiện một số nội dung sau:
body | 1. Các đơn vị và địa phương tăng cường công tác tuyên truyền.
body | - Kiểm tra, bảo trì hệ thống máy tính.
body | 2. Công an tỉnh phối hợp chặt chẽ với Sở.
body | Đề nghị các đơn vị quan tâm thực hiện./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Ủy ban nhân dân tỉnh (báo cáo);
recipients | - Lưu: VT, BCVT.
signature | KT. GIÁM ĐỐC
signature | PHÓ GIÁM ĐỐC
signature | Nguyễn Văn Nam
"""

ONE_ADDRESSEE = """
issuer | BỘ TƯ PHÁP
number | Số: 1420/BTP-KTrVB
subject | V/v rà soát văn bản
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Hà Nội, ngày 22 tháng 4 năm 2019

addressees | Kính gửi: Ủy ban nhân dân các tỉnh, thành phố

body | Căn cứ Luật Ban hành văn bản quy phạm pháp luật năm 2015,
body | Bộ Tư pháp đề nghị rà soát văn bản.
body | Kết quả gửi về Bộ trước ngày 30/6/2019./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Lưu: VT, Cục KTrVB.
signature | TL. BỘ TRƯỞNG
signature | CỤC TRƯỞNG CỤC KIỂM TRA VĂN BẢN
signature | Đồng Ngọc Ba
"""

QUYET_DINH = """
issuer | ỦY BAN NHÂN DÂN
issuer | TỈNH ĐẮK NÔNG
number | Số: 1755/QĐ-UBND
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Đắk Nông, ngày 06 tháng 7 năm 2019

title | QUYẾT ĐỊNH
subject | Về việc công bố dịch bệnh trên địa bàn tỉnh

body | CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
body | Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
body | Căn cứ Luật Thú y ngày 19 tháng 6 năm 2015;
body | Xét đề nghị của Giám đốc Sở Nông nghiệp và Phát triển nông thôn,
body | QUYẾT ĐỊNH:
body | Điều 1. Công bố dịch bệnh trên địa bàn các xã.
body | Điều 2. Giao Sở Nông nghiệp và Phát triển nông thôn chủ trì.
body | Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành
body | Quyết định này./.

recipients | Nơi nhận:
recipients | - Như Điều 3;
recipients | - Lưu: VT, NN.
signature | KT. CHỦ TỊCH
signature | PHÓ CHỦ TỊCH
signature | Trương Thanh Tùng
"""

PARTY = """
issuer | TỈNH ỦY ĐẮK NÔNG
number | Số 205-KH/TU
motto | ĐẢNG CỘNG SẢN VIỆT NAM
place_date | Đắk Nông, ngày 05 tháng 6 năm 2019

title | KẾ HOẠCH
subject | thực hiện Chỉ thị số 41-CT/TW của Ban Bí thư

body | Để triển khai thực hiện có hiệu quả Chỉ thị số 41-CT/TW,
body | Ban Thường vụ Tỉnh ủy xây dựng kế hoạch sau:
body | I. MỤC ĐÍCH, YÊU CẦU
body | 1. Quán triệt sâu sắc nội dung Chỉ thị.
body | II. TỔ CHỨC THỰC HIỆN
body | Các cấp ủy báo cáo kết quả về Ban Thường vụ Tỉnh ủy.

recipients | Nơi nhận:
recipients | - Các đảng bộ trực thuộc,
recipients | - Lưu Văn phòng Tỉnh ủy.
signature | T/M BAN THƯỜNG VỤ
signature | PHÓ BÍ THƯ
signature | Nguyễn Văn Thử
"""

MARKED = """
issuer | UBND TỈNH GIA LAI
issuer | VĂN PHÒNG
number | Số: 12/VP-NC
secrecy | MẬT
urgency | HỎA TỐC
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Gia Lai, ngày 15 tháng 5 năm 2021

addressees | Kính gửi: Công an tỉnh

body | Thực hiện chỉ đạo của Chủ tịch Ủy ban nhân dân tỉnh, Văn phòng
body | đề nghị Công an tỉnh báo cáo./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Lưu: VT, NC.
signature | CHÁNH VĂN PHÒNG
signature | Trần Văn Thử
"""

COUNCIL = """
issuer | HỘI ĐỒNG NHÂN DÂN
issuer | HUYỆN ĐẮK R'LẤP
number | Số: 05/2019/NQ-HĐND
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Đắk R'lấp, ngày 12 tháng 7 năm 2019

title | NGHỊ QUYẾT
subject | Bãi bỏ Nghị quyết số 04/2006/NQ-HĐND

body | HỘI ĐỒNG NHÂN DÂN HUYỆN ĐẮK R'LẤP
body | KHÓA VII, KỲ HỌP THỨ 7
body | Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
body | QUYẾT NGHỊ:
body | Điều 1. Bãi bỏ Nghị quyết.
body | Điều 2. Giao Ủy ban nhân dân huyện tổ chức thực hiện./.

recipients | Nơi nhận:
recipients | - Như Điều 2;
recipients | - Lưu: VT.
signature | CHỦ TỊCH
signature | Nguyễn Thị Thử
"""

CONCLUSION = """
issuer | UBND TỈNH ĐẮK NÔNG
issuer | VĂN PHÒNG
number | Số: 409/TB-VPUBND
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Đắk Nông, ngày 27 tháng 5 năm 2019

title | THÔNG BÁO
subject | Kết luận của đồng chí Chủ tịch Ủy ban nhân dân tỉnh tại buổi kiểm tra

body | Ngày 24 tháng 5 năm 2019, Ủy ban nhân dân tỉnh Đắk Nông tổ chức
body | kiểm tra thực địa.
body | Trên cơ sở kết quả kiểm tra, đồng chí Chủ tịch kết luận như sau:
body | 1. Giao Ủy ban nhân dân huyện chủ trì.
body | Văn phòng thông báo để các đơn vị triển khai thực hiện./.

recipients | Nơi nhận:
recipients | - Thường trực Tỉnh ủy;
recipients | - Lưu: VT.
signature | KT. CHÁNH VĂN PHÒNG
signature | PHÓ CHÁNH VĂN PHÒNG
signature | Trần Văn Thử
"""

NO_ISSUER = """
number | Số: 359/STTTT-BCVT
place_date | Gia Lai, ngày 23 tháng 3 năm 2020
subject | V/v tăng cường công tác đảm bảo an toàn thông tin
addressees | Kính gửi:
addressees | - Các sở, ban, ngành cấp tỉnh;
addressees | - Công an tỉnh.

body | Thực hiện Chỉ thị số 03/CT-UBND, Sở đề nghị các đơn vị thực hiện.
body | Trân trọng cảm ơn./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Lưu: VT.
signature | GIÁM ĐỐC
signature | Nguyễn Văn Nam
"""

NO_HEADER = """
addressees | Kính gửi: Các đơn vị thuộc và trực thuộc Sở

body | Thực hiện Công văn số 123/SKHCN-VP ngày 5/3/2020, Sở yêu cầu thủ trưởng các đơn vị triển khai.
body | 1. Tăng cường công tác quản lý.
body | Yêu cầu các đơn vị thực hiện./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Lưu: VT, VP.
signature | KT. GIÁM ĐỐC
signature | PHÓ GIÁM ĐỐC
signature | Nguyễn Văn Nam
"""

MOTTO_FIRST = """
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Quảng Ngãi, ngày 14 tháng 4 năm 2021
issuer | UBND TỈNH QUẢNG NGÃI
issuer | SỞ GIÁO DỤC VÀ ĐÀO TẠO
number | Số: 514/SGDĐT-VP
subject | V/v đảm bảo an toàn thông tin
addressees | Kính gửi: Các trường trung học phổ thông

body | Sở đề nghị các trường triển khai thực hiện./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Lưu: VT.
signature | GIÁM ĐỐC
signature | Nguyễn Văn Nam
"""

DRAFT = """
issuer | ỦY BAN NHÂN DÂN
issuer | HUYỆN TRIỆU SƠN
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
number | Số:       /UBND-VHTT
subject | V/v bảo đảm an toàn thông tin trong dịp lễ, tết năm 2021
place_date | Triệu Sơn, ngày     tháng     năm 2020
addressees | Kính gửi:
addressees | - UBND các xã, thị trấn;
addressees | - Các doanh nghiệp viễn thông trên địa bàn huyện.

body | Nhằm tăng cường bảo đảm an toàn, Ủy ban nhân dân huyện yêu cầu các đơn vị thực hiện./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Lưu: VT, VHTT.
signature | KT. CHỦ TỊCH
signature | PHÓ CHỦ TỊCH
signature | Nguyễn Văn Nam
"""

SIGNATURE_FIRST = """
issuer | BỘ TƯ PHÁP
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
number | Số: 12/BTP-VP
place_date | Hà Nội, ngày 5 tháng 3 năm 2021
subject | V/v báo cáo kết quả
addressees | Kính gửi: Sở Tư pháp các tỉnh

body | Bộ Tư pháp đề nghị các Sở báo cáo kết quả trước ngày 30/6./.

signature | TL. BỘ TRƯỞNG
signature | CHÁNH VĂN PHÒNG
signature | Trần Văn Thử
recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Lưu: VT.
"""

STAMPED = """
issuer | UBND TỈNH QUẢNG NGÃI
issuer | SỞ GIÁO DỤC VÀ ĐÀO TẠO
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
number | Số: 514/SGDĐT-VP
place_date | Quảng Ngãi, ngày 14 tháng 4 năm 2021
subject | V/v đảm bảo an toàn thông tin

received | TRƯỜNG THPT DTNT TỈNH
received | ĐẾN
received | Số: 125
received | Ngày: 15/4/2021
received | Chuyển: PHT

addressees | Kính gửi: Các trường trung học phổ thông

body | Sở đề nghị các trường triển khai thực hiện./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Lưu: VT.
signature | GIÁM ĐỐC
signature | Nguyễn Văn Nam
"""

TELEGRAM = """
issuer | ỦY BAN NHÂN DÂN
issuer | TỈNH ĐẮK NÔNG
number | Số: 04/CĐ-UBND
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Đắk Nông, ngày 06 tháng 7 năm 2019

title | CÔNG ĐIỆN
subject | Về việc phòng chống dịch tả lợn Châu Phi

addressees | CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐIỆN:
addressees | - Chủ tịch Ủy ban nhân dân các huyện, thị xã;
addressees | - Giám đốc các sở, ban, ngành.

body | Trước tình hình trên, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các đơn vị thực hiện ngay.
body | 1. Tổ chức tiêu hủy lợn mắc bệnh./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Lưu: VT.
signature | KT. CHỦ TỊCH
signature | PHÓ CHỦ TỊCH
signature | Trương Thanh Tùng
"""

PROPOSAL = """
issuer | UBND TỈNH GIA LAI
issuer | SỞ NỘI VỤ
number | Số: 89/TTr-SNV
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Gia Lai, ngày 5 tháng 6 năm 2020

title | TỜ TRÌNH
subject | Về việc ban hành Quy chế thi đua, khen thưởng

addressees | Kính gửi: Ủy ban nhân dân tỉnh Gia Lai

body | Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003, Sở Nội vụ trình Ủy ban nhân dân tỉnh.
body | Kính trình Ủy ban nhân dân tỉnh xem xét, quyết định./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Lưu: VT.
signature | GIÁM ĐỐC
signature | Nguyễn Văn Nam
"""

ANNEX = """
issuer | BỘ Y TẾ
number | Số: 77/KH-BYT
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Hà Nội, ngày 5 tháng 3 năm 2021

title | KẾ HOẠCH
subject | Tiêm chủng mở rộng năm 2021

body | I. MỤC TIÊU
body | Bảo đảm tiêm chủng đầy đủ.
body | II. TỔ CHỨC THỰC HIỆN
body | Các đơn vị triển khai thực hiện./.

recipients | Nơi nhận:
recipients | - Các đơn vị;
recipients | - Lưu: VT.
signature | KT. BỘ TRƯỞNG
signature | THỨ TRƯỞNG
signature | Trần Văn Thử
====
annex | Phụ lục
annex | DANH MỤC VẮC XIN
annex | (Kèm theo Kế hoạch số 77/KH-BYT ngày 5 tháng 3 năm 2021)
annex | 1. Vắc xin sởi
annex | 2. Vắc xin lao
"""

PROMULGATED = """
issuer | ỦY BAN NHÂN DÂN
issuer | HUYỆN KRÔNG NÔ
number | Số: 3021/QĐ-UBND
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Krông Nô, ngày 4 tháng 9 năm 2014

title | QUYẾT ĐỊNH
subject | Về việc ban hành Quy chế tiếp công dân

body | CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN
body | Căn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013;
body | QUYẾT ĐỊNH:
body | Điều 1. Ban hành kèm theo Quyết định này Quy chế tiếp công dân.
body | Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.

recipients | Nơi nhận:
recipients | - Như Điều 2;
recipients | - Lưu: VT.
signature | CHỦ TỊCH
signature | Ngô Xuân Thử
====
annex | QUY CHẾ
annex | Tiếp công dân của Ủy ban nhân dân huyện
annex | (Ban hành kèm theo Quyết định số 3021/QĐ-UBND ngày 4 tháng 9 năm 2014)
annex | Chương I
annex | QUY ĐỊNH CHUNG
annex | Điều 1. Phạm vi điều chỉnh
annex | Quy chế này quy định việc tiếp công dân.
"""

LETTERHEAD_CONTACT = """
issuer | SỞ Y TẾ GIA LAI
issuer | TRUNG TÂM KIỂM SOÁT BỆNH TẬT
number | Số: 55/KSBT-KHNV
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Gia Lai, ngày 5 tháng 6 năm 2020
subject | V/v báo cáo số liệu
addressees | Kính gửi: Trung tâm Y tế các huyện

body | Trung tâm đề nghị các đơn vị báo cáo số liệu./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Lưu: VT.
signature | GIÁM ĐỐC
signature | Nguyễn Văn Nam
contact | Địa chỉ: 98 Phan Đình Phùng, Pleiku
contact | Điện thoại: 0269 3824 258
"""

SHORT_LIST = """
issuer | UBND TỈNH GIA LAI
issuer | SỞ Y TẾ
number | Số: 12/SYT-NVY
subject | V/v báo cáo số liệu
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Gia Lai, ngày 5 tháng 6 năm 2020

addressees | Kính gửi:
addressees | - Sở Nội vụ;
addressees | - Ủy ban nhân dân các huyện, thị xã, thành phố;
addressees | - Công an tỉnh.

body | Sở Y tế đề nghị các đơn vị báo cáo số liệu gửi về Sở để tổng hợp trước ngày 30
body | tháng 6 năm 2020./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Lưu: VT.
signature | GIÁM ĐỐC
signature | Nguyễn Văn Nam
"""

PAGED = """
issuer | UBND TỈNH GIA LAI
issuer | SỞ Y TẾ
number | Số: 12/SYT-NVY
subject | V/v báo cáo số liệu
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Gia Lai, ngày 5 tháng 6 năm 2020

addressees | Kính gửi: Trung tâm Y tế các huyện

body | Sở Y tế đề nghị các đơn vị báo cáo số liệu gửi về Sở để tổng hợp, báo cáo Ủy
====
furniture | 2
body | ban nhân dân tỉnh trước ngày 30 tháng 6 năm 2020.
body | Đề nghị các đơn vị thực hiện./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Lưu: VT.
signature | GIÁM ĐỐC
signature | Nguyễn Văn Nam
"""

SIGNED_ELECTRONICALLY = """
digital_signature | Người ký: SỞ Y TẾ
digital_signature | Email: soyte@gialai.gov.vn
digital_signature | Cơ quan: TỈNH GIA LAI
digital_signature | Thời gian ký: 05.06.2020 16:05:11 +07:00
issuer | UBND TỈNH GIA LAI
issuer | SỞ Y TẾ
number | Số: 12/SYT-NVY
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Gia Lai, ngày 5 tháng 6 năm 2020
subject | V/v báo cáo số liệu
addressees | Kính gửi: Trung tâm Y tế các huyện

body | Sở Y tế đề nghị các đơn vị báo cáo số liệu./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Lưu: VT.
signature | GIÁM ĐỐC
signature | Nguyễn Văn Nam
"""

ANNEX_SAME_PAGE = """
issuer | BỘ Y TẾ
number | Số: 77/KH-BYT
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Hà Nội, ngày 5 tháng 3 năm 2021

title | KẾ HOẠCH
subject | Tiêm chủng mở rộng năm 2021

body | Căn cứ Luật Phòng, chống bệnh truyền nhiễm, Bộ Y tế xây dựng kế hoạch.
body | Các đơn vị triển khai thực hiện./.

recipients | Nơi nhận:
recipients | - Các đơn vị;
recipients | - Lưu: VT.
signature | KT. BỘ TRƯỞNG
signature | THỨ TRƯỞNG
signature | Trần Văn Thử

annex | Phụ lục
annex | DANH MỤC VẮC XIN
annex | 1. Vắc xin sởi cho trẻ em từ 9 tháng tuổi đến 18 tháng tuổi trên địa bàn
"""

INVITATION = """
issuer | UBND TỈNH GIA LAI
issuer | SỞ Y TẾ
number | Số: 33/GM-SYT
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Gia Lai, ngày 5 tháng 6 năm 2020

title | GIẤY MỜI
subject | Hội nghị tổng kết công tác y tế

addressees | Kính gửi: Giám đốc các Trung tâm Y tế

body | Sở Y tế trân trọng kính mời Giám đốc tham dự hội nghị.
body | Thời gian: 8 giờ 00 phút ngày 09 tháng 7 năm 2020.
body | Địa điểm: Hội trường Sở Y tế./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - Lưu: VT.
signature | TL. GIÁM ĐỐC
signature | CHÁNH VĂN PHÒNG
signature | Nguyễn Văn Nam
"""

REPORT = """
issuer | ỦY BAN NHÂN DÂN
issuer | HUYỆN KRÔNG NÔ
number | Số: 220/BC-UBND
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Krông Nô, ngày 17 tháng 7 năm 2019

title | BÁO CÁO
subject | Tình hình kinh tế - xã hội 6 tháng đầu năm
subject | và nhiệm vụ 6 tháng cuối năm 2019

body | I. KẾT QUẢ ĐẠT ĐƯỢC
body | 1. Sản xuất nông nghiệp tiếp tục phát triển.
body | a) Trồng trọt đạt kế hoạch.
body | II. NHIỆM VỤ
body | Trên đây là báo cáo của Ủy ban nhân dân huyện./.

recipients | Nơi nhận:
recipients | - UBND tỉnh (b/c);
recipients | - Lưu: VT.
signature | TM. ỦY BAN NHÂN DÂN
signature | KT. CHỦ TỊCH
signature | PHÓ CHỦ TỊCH
signature | Ngô Xuân Thử
"""

YOUTH = """
issuer | BAN CHẤP HÀNH ĐOÀN TỈNH GIA LAI
issuer | BAN THƯỜNG VỤ
number | Số: 133-KH/TĐTN-BTG
motto | ĐOÀN TNCS HỒ CHÍ MINH
place_date | Gia Lai, ngày 5 tháng 6 năm 2020

title | KẾ HOẠCH
subject | Tổ chức Tháng Thanh niên năm 2020

body | Thực hiện Chương trình công tác năm, Ban Thường vụ Tỉnh đoàn xây dựng kế hoạch.
body | I. MỤC ĐÍCH
body | Phát huy vai trò xung kích của thanh niên.

recipients | Nơi nhận:
recipients | - Các huyện đoàn;
recipients | - Lưu VP.
signature | TM. BAN THƯỜNG VỤ TỈNH ĐOÀN
signature | PHÓ BÍ THƯ
signature | Nguyễn Văn Nam
"""

LAW = """
issuer | CHÍNH PHỦ
number | Số: 27/2026/NĐ-CP
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Hà Nội, ngày 19 tháng 01 năm 2026

title | NGHỊ ĐỊNH
subject | Quy định về cơ sở dữ liệu quốc gia về cán bộ

body | Căn cứ Luật Tổ chức Chính phủ số 63/2025/QH15;
body | Theo đề nghị của Bộ trưởng Bộ Nội vụ;
body | Chính phủ ban hành Nghị định quy định về cơ sở dữ liệu quốc gia về cán bộ.
body | Chương I
body | QUY ĐỊNH CHUNG
body | Điều 1. Phạm vi điều chỉnh
body | Nghị định này quy định về xây dựng cơ sở dữ liệu.
body | Điều 2. Hiệu lực thi hành
body | Nghị định này có hiệu lực từ ngày 01 tháng 3 năm 2026./.

recipients | Nơi nhận:
recipients | - Ban Bí thư Trung ương Đảng;
recipients | - Lưu: VT, TCCV.
signature | TM. CHÍNH PHỦ
signature | KT. THỦ TƯỚNG
signature | PHÓ THỦ TƯỚNG
signature | Phạm Thị Thử
"""

TABLE_OF_TASKS = """
issuer | UBND TỈNH GIA LAI
number | Số: 120/KH-UBND
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Gia Lai, ngày 5 tháng 6 năm 2020

title | KẾ HOẠCH
subject | Cải cách hành chính năm 2021

body | Căn cứ Nghị quyết số 30c/NQ-CP, Ủy ban nhân dân tỉnh ban hành kế hoạch.
body | 1. Mục tiêu
body | Nâng cao chất lượng phục vụ./.

recipients | Nơi nhận:
recipients | - Các sở, ban, ngành;
recipients | - Lưu: VT, NC.
signature | TM. ỦY BAN NHÂN DÂN
signature | CHỦ TỊCH
signature | Võ Ngọc Thử
====
annex | PHỤ LỤC I
annex | PHÂN CÔNG NHIỆM VỤ
annex | (Kèm theo Kế hoạch số 120/KH-UBND ngày 5/6/2020)
annex | 1 Rà soát thủ tục Sở Nội vụ 30/6/2021
====
annex | PHỤ LỤC II
annex | KINH PHÍ THỰC HIỆN
"""

NO_RECIPIENTS = """
issuer | BỘ TƯ PHÁP
number | Số: 12/BTP-VP
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Hà Nội, ngày 5 tháng 3 năm 2021
subject | V/v báo cáo kết quả
addressees | Kính gửi: Sở Tư pháp các tỉnh

body | Bộ Tư pháp đề nghị các Sở báo cáo kết quả trước ngày 30/6.
body | Đề nghị các Sở quan tâm thực hiện./.

signature | TL. BỘ TRƯỞNG
signature | CHÁNH VĂN PHÒNG
signature | Trần Văn Thử
"""

STACKED = """
issuer | UBND TỈNH GIA LAI
issuer | VĂN PHÒNG
number | Số: 12/VP-NC
motto | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
motto | Độc lập - Tự do - Hạnh phúc
place_date | Gia Lai, ngày 15 tháng 5 năm 2021
addressees | Kính gửi: Công an tỉnh

body | Văn phòng đề nghị Công an tỉnh báo cáo./.

recipients | Nơi nhận:
recipients | - Như trên;
recipients | - CT, các PCT UBND tỉnh;
recipients | - Lưu: VT, NC.
signature | TL. CHỦ TỊCH
signature | KT. CHÁNH VĂN PHÒNG
signature | PHÓ CHÁNH VĂN PHÒNG
signature | Trần Văn Thử
"""

CASES = {
    "công văn": CONG_VAN,
    "công văn to one addressee": ONE_ADDRESSEE,
    "quyết định with Điều": QUYET_DINH,
    "kế hoạch of the Party": PARTY,
    "marks of secrecy and urgency": MARKED,
    "nghị quyết of a council": COUNCIL,
    "thông báo kết luận": CONCLUSION,
    "issuer lost": NO_ISSUER,
    "header lost altogether": NO_HEADER,
    "motto before the issuer": MOTTO_FIRST,
    "signature before the recipients": SIGNATURE_FIRST,
    "received stamp": STAMPED,
    "công điện": TELEGRAM,
    "tờ trình": PROPOSAL,
    "annex on a new page": ANNEX,
    "quy chế promulgated by the decision": PROMULGATED,
    "address under the signature": LETTERHEAD_CONTACT,
    "addressees of all lengths": SHORT_LIST,
    "a sentence over a page number": PAGED,
    "block of a digital signature": SIGNED_ELECTRONICALLY,
    "annex on the same page": ANNEX_SAME_PAGE,
    "giấy mời": INVITATION,
    "báo cáo with a subject of two lines": REPORT,
    "kế hoạch of the youth union": YOUTH,
    "nghị định": LAW,
    "two annexes": TABLE_OF_TASKS,
    "signature alone": NO_RECIPIENTS,
    "stacked authority": STACKED,
    "draft with blanks": DRAFT,
}
