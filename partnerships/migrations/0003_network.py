import common.fields
import common.files
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('partnerships', '0002_statement'),
        ('schools', '0002_registry'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgreementSignatory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.CharField(blank=True, max_length=200, verbose_name='должность')),
                ('name', models.CharField(max_length=200, verbose_name='кто подписал')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatories', to='partnerships.agreement', verbose_name='договор')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnershipmember', verbose_name='школа')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='schools.membership', verbose_name='человек')),
            ],
            options={
                'verbose_name': 'подписант договора',
                'verbose_name_plural': 'подписанты договора',
                'ordering': ['member__role', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('agreement', 'member'), name='agreementsignatory_once', violation_error_message='За эту школу подписант уже указан')],
            },
        ),
        migrations.CreateModel(
            name='AgreementTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, verbose_name='код')),
                ('name', models.CharField(max_length=500, verbose_name='название')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='порядок')),
                ('is_retired', models.BooleanField(default=False, verbose_name='больше не выбирается')),
                ('text', models.TextField(max_length=30000, verbose_name='текст')),
                ('municipality', models.ForeignKey(blank=True, help_text='Пусто – для всех муниципалитетов', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='schools.municipality', verbose_name='муниципалитет')),
            ],
            options={
                'verbose_name': 'образец договора',
                'verbose_name_plural': 'образцы договоров',
                'ordering': ['position', 'name'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('municipality__isnull', False)), fields=('municipality', 'code'), name='partnerships_agreementtemplate_code_f', violation_error_message='Такой код уже есть в этом справочнике'), models.UniqueConstraint(condition=models.Q(('municipality__isnull', True)), fields=('code',), name='partnerships_agreementtemplate_code_e', violation_error_message='Такой код уже есть в этом справочнике')],
            },
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='когда записано')),
                ('kind', models.CharField(choices=[('silent', 'школа не отвечает'), ('no_events', 'мероприятия не проводятся'), ('no_reports', 'отчёты не сдаются или возвращаются'), ('refuses', 'школа уклоняется от участия'), ('other', 'другое')], max_length=20, verbose_name='что случилось')),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='подробно')),
                ('state', models.CharField(choices=[('open', 'открыт'), ('escalated', 'передан председателю'), ('resolved', 'решён')], default='open', max_length=20, verbose_name='состояние')),
                ('author', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnershipmember', verbose_name='школа')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='concerns', to='partnerships.partnership', verbose_name='партнёрство')),
            ],
            options={
                'verbose_name': 'сигнал о партнёрстве',
                'verbose_name_plural': 'сигналы о партнёрствах',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['partnership', 'state'], name='partnership_partner_7efe9e_idx')],
            },
        ),
        migrations.CreateModel(
            name='LeadTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_willing', models.BooleanField(blank=True, null=True, verbose_name='готова быть лидером')),
                ('limit', models.PositiveSmallIntegerField(blank=True, help_text='Пусто – как у всех', null=True, verbose_name='сколько школ готова вести')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='пояснение')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='когда записано')),
                ('school', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='lead_terms', to='schools.school', verbose_name='школа')),
                ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
            ],
            options={
                'verbose_name': 'условия школы-лидера',
                'verbose_name_plural': 'условия школ-лидеров',
            },
        ),
        migrations.CreateModel(
            name='MatchRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('queued', 'В очереди'), ('running', 'Выполняется'), ('ready', 'Готово'), ('failed', 'Не получилось')], default='queued', max_length=10, verbose_name='состояние')),
                ('stage', models.CharField(blank=True, max_length=200, verbose_name='что делается')),
                ('progress', models.PositiveSmallIntegerField(default=0, verbose_name='выполнено, %')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='попыток')),
                ('queued_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='поставлено в очередь')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='отправлено исполнителю')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='начато')),
                ('heartbeat', models.DateTimeField(blank=True, null=True, verbose_name='последний признак работы')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='закончено')),
                ('error', models.TextField(blank=True, verbose_name='причина неудачи')),
                ('year', common.fields.AcademicYearField(verbose_name='учебный год')),
                ('variants', models.JSONField(default=list, verbose_name='варианты')),
                ('summary', models.JSONField(blank=True, default=dict, verbose_name='итог')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.municipality', verbose_name='муниципалитет')),
                ('ordered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто запустил')),
            ],
            options={
                'verbose_name': 'подбор пар',
                'verbose_name_plural': 'подборы пар',
                'ordering': ['-queued_at', '-pk'],
                'indexes': [models.Index(fields=['municipality', '-queued_at', '-id'], name='partnership_municip_25ca50_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'running', 'ready', 'failed'])), name='matchrun_status_known'), models.CheckConstraint(condition=models.Q(('progress__lte', 100)), name='matchrun_progress_percent'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'running'), _negated=True), models.Q(('heartbeat__isnull', False), ('started_at__isnull', False)), _connector='OR'), name='matchrun_running_has_heartbeat'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['ready', 'failed']), _negated=True), ('finished_at__isnull', False), _connector='OR'), name='matchrun_closed_has_end'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'failed'), _negated=True), models.Q(('error', ''), _negated=True), _connector='OR'), name='matchrun_failed_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='MoveReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, verbose_name='код')),
                ('name', models.CharField(max_length=500, verbose_name='название')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='порядок')),
                ('is_retired', models.BooleanField(default=False, verbose_name='больше не выбирается')),
                ('verb', models.CharField(choices=[('pause', 'приостановить'), ('finish', 'завершить'), ('decline', 'отклонить'), ('replace', 'сменить партнёра')], max_length=20, verbose_name='для чего')),
                ('municipality', models.ForeignKey(blank=True, help_text='Пусто – для всех муниципалитетов', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='schools.municipality', verbose_name='муниципалитет')),
            ],
            options={
                'verbose_name': 'причина',
                'verbose_name_plural': 'причины изменения состояния',
                'ordering': ['position', 'name'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('municipality__isnull', False)), fields=('municipality', 'code'), name='partnerships_movereason_code_f', violation_error_message='Такой код уже есть в этом справочнике'), models.UniqueConstraint(condition=models.Q(('municipality__isnull', True)), fields=('code',), name='partnerships_movereason_code_e', violation_error_message='Такой код уже есть в этом справочнике')],
            },
        ),
        migrations.CreateModel(
            name='NetworkSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lead_limit', models.PositiveSmallIntegerField(default=3, verbose_name='сколько целевых школ ведёт один лидер, не больше')),
                ('quiet_days', models.PositiveSmallIntegerField(default=30, verbose_name='через сколько дней пара считается тихой')),
                ('renewal_days', models.PositiveSmallIntegerField(default=60, verbose_name='за сколько дней предупреждать об окончании договора')),
                ('municipality', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='network_settings', to='schools.municipality', verbose_name='муниципалитет')),
            ],
            options={
                'verbose_name': 'настройки сети',
                'verbose_name_plural': 'настройки сети',
                'constraints': [models.CheckConstraint(condition=models.Q(('lead_limit__gte', 1), ('lead_limit__lte', 50)), name='networksettings_lead_limit', violation_error_message='Лидер ведёт от 1 до 50 школ')],
            },
        ),
        migrations.CreateModel(
            name='PairRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='когда записано')),
                ('kind', models.CharField(choices=[('pin', 'закрепить'), ('ban', 'не предлагать')], max_length=10, verbose_name='решение')),
                ('reason', models.CharField(max_length=300, verbose_name='почему')),
                ('author', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school', verbose_name='школа-лидер')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.municipality', verbose_name='муниципалитет')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school', verbose_name='целевая школа')),
            ],
            options={
                'verbose_name': 'решение о паре',
                'verbose_name_plural': 'решения о парах',
                'ordering': ['kind', 'lead__sort_key', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'lead', 'target'), name='pairrule_once', violation_error_message='Об этой паре уже есть решение'), models.CheckConstraint(condition=models.Q(('lead', models.F('target')), _negated=True), name='pairrule_two_schools', violation_error_message='Школа не может быть парой самой себе')],
            },
        ),
        migrations.CreateModel(
            name='PartnershipChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='когда')),
                ('what', models.CharField(max_length=300, verbose_name='что')),
                ('old', models.TextField(blank=True, verbose_name='было')),
                ('new', models.TextField(blank=True, verbose_name='стало')),
                ('origin', models.CharField(blank=True, max_length=300, verbose_name='откуда')),
                ('by', models.ForeignKey(blank=True, help_text='Пусто, если изменил сам портал', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='partnerships.partnership', verbose_name='партнёрство')),
            ],
            options={
                'verbose_name': 'изменение партнёрства',
                'verbose_name_plural': 'изменения партнёрств',
                'ordering': ['-at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(fields=['partnership', '-at', '-id'], name='partnership_partner_b3a301_idx')],
            },
        ),
        migrations.CreateModel(
            name='PartnershipFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=200, upload_to=common.files.stored_path, verbose_name='файл')),
                ('original_name', models.CharField(max_length=200, verbose_name='исходное имя')),
                ('size', models.PositiveBigIntegerField(verbose_name='размер, байт')),
                ('content_type', models.CharField(max_length=100, verbose_name='тип')),
                ('sha256', models.CharField(max_length=64, verbose_name='контрольная сумма')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='когда загружен')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='schools.municipality', verbose_name='муниципалитет')),
                ('uploaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто загрузил')),
            ],
            options={
                'verbose_name': 'файл',
                'verbose_name_plural': 'файлы',
                'ordering': ['-uploaded_at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TeamPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('duty', models.CharField(blank=True, max_length=300, verbose_name='за что отвечает')),
                ('is_coordinator', models.BooleanField(default=False, verbose_name='координатор группы')),
                ('since', models.DateField(blank=True, null=True, verbose_name='с какого числа')),
                ('until', models.DateField(blank=True, null=True, verbose_name='по какое число')),
                ('function', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='schools.teamfunction', verbose_name='функция')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='partnerships.partnership', verbose_name='партнёрство')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='teams', to='schools.membership', verbose_name='человек')),
            ],
            options={
                'verbose_name': 'участник команды',
                'verbose_name_plural': 'участники команды',
                'ordering': ['-is_coordinator', 'person__name', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('partnership', 'person'), name='teamperson_once', violation_error_message='Этот человек уже в команде'), models.CheckConstraint(condition=models.Q(('until', None), ('since', None), ('until__gte', models.F('since')), _connector='OR'), name='teamperson_since_until', violation_error_message='Дата окончания раньше даты начала')],
            },
        ),
        migrations.CreateModel(
            name='ConcernTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=40, verbose_name='действие')),
                ('from_state', models.CharField(max_length=40, verbose_name='из состояния')),
                ('to_state', models.CharField(max_length=40, verbose_name='в состояние')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='когда')),
                ('comment', models.TextField(blank=True, verbose_name='пояснение')),
                ('by', models.ForeignKey(blank=True, help_text='Пусто, если переход сделал сам портал.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто')),
                ('instance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='partnerships.concern', verbose_name='сигнал')),
            ],
            options={
                'verbose_name': 'переход сигнала',
                'verbose_name_plural': 'переходы сигналов',
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MatchRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('variant', models.SlugField(max_length=30, verbose_name='вариант')),
                ('score', models.FloatField(blank=True, null=True, verbose_name='оценка')),
                ('reasons', models.JSONField(blank=True, default=list, verbose_name='почему')),
                ('decision', models.CharField(choices=[('pending', 'не решено'), ('accepted', 'принято'), ('declined', 'не принято')], default='pending', max_length=10, verbose_name='решение')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='когда решено')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто решил')),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school', verbose_name='школа-лидер')),
                ('partnership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.partnership', verbose_name='предложенное партнёрство')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='schools.school', verbose_name='целевая школа')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='partnerships.matchrun', verbose_name='подбор')),
            ],
            options={
                'verbose_name': 'строка подбора',
                'verbose_name_plural': 'строки подбора',
                'ordering': ['variant', 'target__sort_key', 'pk'],
                'indexes': [models.Index(fields=['run', 'variant', 'target'], name='partnership_run_id_4278bc_idx')],
                'constraints': [models.UniqueConstraint(fields=('run', 'variant', 'target'), name='matchrow_once'), models.CheckConstraint(condition=models.Q(('lead', None), models.Q(('lead', models.F('target')), _negated=True), _connector='OR'), name='matchrow_two_schools')],
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='когда записано')),
                ('title', models.CharField(max_length=300, verbose_name='название')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='о чём')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='ссылка')),
                ('is_retired', models.BooleanField(default=False, verbose_name='убран')),
                ('author', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='schools.municipality', verbose_name='муниципалитет')),
                ('partnership', models.ForeignKey(blank=True, help_text='Пусто – для всей сети муниципалитета', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='materials', to='partnerships.partnership', verbose_name='партнёрство')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='partnerships.partnershipfile', verbose_name='файл')),
                ('search_key', common.fields.DerivedField(compute='_search_key', editable=False, max_length=810, verbose_name='ключ поиска')),
            ],
            options={
                'verbose_name': 'информационный ресурс',
                'verbose_name_plural': 'информационные ресурсы',
                'ordering': ['title', 'pk'],
                'indexes': [models.Index(fields=['municipality', 'partnership', 'title', 'id'], name='partnership_municip_3f9df8_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('url', ''), _negated=True), ('file__isnull', False), _connector='OR'), name='material_link_or_file', violation_error_message='Укажите ссылку или приложите файл')],
            },
        ),
        migrations.AddField(
            model_name='agreement',
            name='changes',
            field=models.TextField(blank=True, max_length=2000, verbose_name='что изменено'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='note',
            field=models.CharField(blank=True, max_length=300, verbose_name='примечание'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='supplements', to='partnerships.agreement', verbose_name='к договору'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name='версия'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='kind',
            field=models.CharField(choices=[('support', 'помощь школы-лидера'), ('team_standing', 'кросс-функциональная команда, постоянная'), ('team_temporary', 'кросс-функциональная команда, временная'), ('seminar', 'постоянно действующий семинар')], default='support', max_length=20, verbose_name='вид'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='name',
            field=models.CharField(blank=True, max_length=200, verbose_name='название'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='period_kind',
            field=models.CharField(choices=[('academic', 'учебный год'), ('calendar', 'календарный год')], default='academic', max_length=10, verbose_name='год планирования'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='procedure',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='schools.assessmentprocedure', verbose_name='оценочная процедура'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='procedure_year',
            field=common.fields.AcademicYearField(blank=True, null=True, verbose_name='учебный год процедуры'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='product',
            field=models.CharField(blank=True, max_length=300, verbose_name='итоговый продукт'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='successor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='predecessors', to='partnerships.partnership', verbose_name='вместо него'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='updated_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='когда изменено'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='updated_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто изменил'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name='версия'),
        ),
        migrations.AddField(
            model_name='partnershipobligation',
            name='note',
            field=models.CharField(blank=True, max_length=300, verbose_name='уточнение'),
        ),
        migrations.AddField(
            model_name='visit',
            name='next_step_side',
            field=models.CharField(blank=True, choices=[('lead', 'школа-лидер'), ('target', 'целевая школа'), ('curator', 'куратор'), ('committee', 'комитет')], max_length=20, verbose_name='кто делает шаг'),
        ),
        migrations.AddField(
            model_name='visit',
            name='school',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.partnershipmember', verbose_name='какая школа'),
        ),
        migrations.AddField(
            model_name='visit',
            name='step_done_on',
            field=models.DateField(blank=True, null=True, verbose_name='шаг сделан'),
        ),
        migrations.AlterField(
            model_name='partnership',
            name='search_key',
            field=common.fields.DerivedField(compute='_search_key', editable=False, max_length=1300, verbose_name='ключ поиска'),
        ),
        migrations.AlterField(
            model_name='partnership',
            name='state',
            field=models.CharField(choices=[('proposed', 'предложено'), ('agreed', 'согласовано'), ('active', 'действует'), ('paused', 'приостановлено'), ('finished', 'завершено'), ('declined', 'отклонено'), ('replaced', 'смена партнёра')], default='proposed', max_length=20, verbose_name='состояние'),
        ),
        migrations.AlterField(
            model_name='statement',
            name='kind',
            field=models.CharField(choices=[('definition', 'Определения'), ('characteristic', 'Ключевые характеристики сетевого взаимодействия'), ('level', 'Уровни взаимодействия'), ('aim', 'Цели сетевого взаимодействия'), ('task', 'Задачи'), ('principle', 'Принципы'), ('strategy', 'Стратегии взаимодействия'), ('ensures', 'Что обеспечивает сетевое взаимодействие'), ('upbringing', 'Характеристики в воспитании'), ('support', 'Особенности сопровождения'), ('resource', 'Ресурсы сети')], max_length=20, verbose_name='раздел'),
        ),
        migrations.AddConstraint(
            model_name='partnership',
            constraint=models.CheckConstraint(condition=models.Q(('form_override', ''), models.Q(('form_reason', ''), _negated=True), _connector='OR'), name='partnership_form_has_reason', violation_error_message='Напишите, почему форма решена вручную'),
        ),
        migrations.AddConstraint(
            model_name='partnership',
            constraint=models.CheckConstraint(condition=models.Q(('successor', models.F('id')), _negated=True), name='partnership_not_own_successor', violation_error_message='Партнёрство не может сменить само себя'),
        ),
        migrations.AddConstraint(
            model_name='partnership',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'support'), models.Q(('name', ''), _negated=True), _connector='OR'), name='partnership_group_named', violation_error_message='Назовите команду или семинар'),
        ),
        migrations.AddField(
            model_name='partnershiptransition',
            name='reason',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='partnerships.movereason', verbose_name='причина'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='scan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='partnerships.partnershipfile', verbose_name='скан'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('parent', None), models.Q(models.Q(('parent', models.F('id')), _negated=True), models.Q(('changes', ''), _negated=True)), _connector='OR'), name='agreement_supplement_says_what', violation_error_message='Напишите, что меняет дополнительное соглашение'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(condition=models.Q(('parent', None), models.Q(('number', ''), _negated=True)), fields=('partnership', 'number'), name='agreement_number_once', violation_error_message='Договор с таким номером уже записан'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(condition=models.Q(('parent__isnull', False), models.Q(('number', ''), _negated=True)), fields=('parent', 'number'), name='agreement_supplement_number_once', violation_error_message='Соглашение с таким номером к этому договору уже записано'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='renewal_told',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='о каком окончании сообщено методисту'),
        ),
        migrations.RemoveConstraint(
            model_name='partnership',
            name='partnership_end_after_start',
        ),
        migrations.AddField(
            model_name='partnership',
            name='lead_experience',
            field=models.CharField(blank=True, max_length=500, verbose_name='управленческий опыт школы-лидера'),
        ),
        migrations.AlterField(
            model_name='partnership',
            name='scenario_basis',
            field=models.CharField(blank=True, max_length=500, verbose_name='результаты школ'),
        ),
        migrations.AddConstraint(
            model_name='partnership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_day', None), ('end_month__isnull', False), _connector='OR'), models.Q(('end_month', None), ('end_year__isnull', False), _connector='OR')), name='partnership_end_precision', violation_error_message='У даты окончания есть месяц, но нет года'),
        ),
        migrations.AddConstraint(
            model_name='partnership',
            constraint=models.CheckConstraint(condition=models.Q(('end_year', None), ('start_year', None), ('end_year__gt', models.F('start_year')), models.Q(('end_year', models.F('start_year')), models.Q(('end_month', None), ('start_month', None), ('end_month__gt', models.F('start_month')), models.Q(('end_month', models.F('start_month')), models.Q(('end_day', None), ('start_day', None), ('end_day__gte', models.F('start_day')), _connector='OR')), _connector='OR')), _connector='OR'), name='partnership_end_after_start', violation_error_message='Окончание раньше начала'),
        ),
        migrations.AddConstraint(
            model_name='partnership',
            constraint=models.CheckConstraint(condition=models.Q(('procedure_year', None), ('procedure__isnull', False), _connector='OR'), name='partnership_year_of_procedure', violation_error_message='Указан год процедуры, но не сама процедура'),
        ),
        migrations.AddField(
            model_name='partnership',
            name='composition',
            field=models.CharField(blank=True, choices=[('permanent', 'постоянный'), ('changing', 'сменный')], max_length=10, verbose_name='состав'),
        ),
        migrations.AddField(
            model_name='statement',
            name='source',
            field=models.CharField(blank=True, max_length=500, verbose_name='из каких документов'),
        ),
    ]
